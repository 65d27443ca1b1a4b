"""What answers say about questions."""
