"""Watching over security: the page that shows what happened, and letters when somebody has to look. Not the journal."""
