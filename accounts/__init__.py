"""Who acts, and the journal of what was done."""
