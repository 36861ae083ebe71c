"""From damaged letters back to Vietnamese: a derived layer beside the printed text."""
