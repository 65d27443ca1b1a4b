"""Totals that are kept up to date and can always be counted again."""
