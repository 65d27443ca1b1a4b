"""Commands of the gamification app."""
