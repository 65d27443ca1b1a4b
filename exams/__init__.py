"""What is asked, how it is sat, what it is worth."""
