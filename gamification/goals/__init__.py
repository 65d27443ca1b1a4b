"""What learners want to do in a day or a week, and the letter that reminds them."""
