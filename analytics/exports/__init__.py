"""A learner's progress as a file."""
