"""What people tell about themselves beyond their name, and the first steps that ask for it."""
