"""Items in and out of files: CSV, GIFT and content packs."""
