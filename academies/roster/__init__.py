"""Groups of learners, and invitations."""
