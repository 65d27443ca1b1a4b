"""Study sessions and practice quizzes."""
