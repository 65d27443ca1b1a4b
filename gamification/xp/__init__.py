"""Points for learning: rules, entries, levels."""
