"""What can be reached, as data, and who reached it."""
