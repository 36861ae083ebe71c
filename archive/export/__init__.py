"""Answers as files: graphs, pictures, linked data, registers, calendars."""
