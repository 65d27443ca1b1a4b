"""Commands: each parses, calls one action and prints."""
