"""Spaced repetition: cards, when they are due, and what was recalled."""
