"""The text and what every step needs of it: folding, lines, lists of words, quality. A toolbox: its modules are imported one by one."""
