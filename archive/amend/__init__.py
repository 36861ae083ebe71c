"""Corrections as values: how a person names what is wrong, how its place is found again, what a plan is with them laid over. Pure."""
