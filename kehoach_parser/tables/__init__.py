"""Tables (bảng, biểu): found in whatever shape they are printed, with columns by role and rows of cells."""

from kehoach_parser.tables.find import find_tables

__all__ = ["find_tables"]
