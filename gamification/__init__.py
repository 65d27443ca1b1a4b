"""Reacts to events: XP, levels, achievements, streaks, leaderboards."""
