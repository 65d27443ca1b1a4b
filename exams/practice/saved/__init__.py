"""What learners keep: bookmarks and private notes."""
