"""Full-text engines behind one interface."""
