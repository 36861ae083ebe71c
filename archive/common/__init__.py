"""What rooms of the archive share: keys, words, days, levels. Nothing here knows a table."""
