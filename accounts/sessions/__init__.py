"""Where people are signed in: their sessions, and the devices that they have used before."""
