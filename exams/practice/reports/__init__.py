"""What learners find wrong with questions, and what staff make of it."""
