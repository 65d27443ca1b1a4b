"""The tenant and everything it buys and runs."""
