"""The keys of what is encrypted at rest: that they fit this database, and their rotation."""
