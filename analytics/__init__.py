"""Recomputes from facts: rollups, insights, reports."""
