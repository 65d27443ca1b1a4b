"""Letters to people: the row first, then the sending."""
