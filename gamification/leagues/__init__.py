"""Weekly leagues: learners of about the same habits compete for a week, and the best move up a tier."""
