"""Rows for tests. A factory makes a valid row with as little around it as it needs."""
