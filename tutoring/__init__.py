"""What teaches: tutor, exercises, sandbox, courses, labs."""
