"""Duties (phân công nhiệm vụ): which unit must do what, by when."""

from kehoach_parser.duties.find import find_duties

__all__ = ["find_duties"]
