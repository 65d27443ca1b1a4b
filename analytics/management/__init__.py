"""Commands of the analytics app."""
