"""What learners do with questions on their own: study, quizzes, what they keep and report, and what they repeat."""
