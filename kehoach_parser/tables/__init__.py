"""Tables (bảng, biểu): found in whatever shape they are printed, with columns by role and rows of cells."""

from kehoach_parser.tables.find import find_tables
from kehoach_parser.tables.heads import names_a_unit, says_a_time

__all__ = ["find_tables", "names_a_unit", "says_a_time"]
