"""Opening, adding, checking, making anew: what changes an archive."""
