"""The face of the archive on a terminal: arguments, one call, rendering. Typer and Rich are imported here and in `cli` only."""
