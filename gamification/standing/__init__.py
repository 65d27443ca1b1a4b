"""Where a learner stands: everything that moves them, on one page."""
