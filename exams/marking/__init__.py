"""What an attempt is worth: scoring, results, regrades."""
