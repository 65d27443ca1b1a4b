"""What learners are told about what they have answered, read from the rollups."""

"""What learners are shown of their own learning."""
