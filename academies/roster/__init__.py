"""Groups of learners."""
