"""The questions: one module each, values out."""
