"""Symbols of documents (số, ký hiệu): their letters, and the series that a symbol belongs to."""
