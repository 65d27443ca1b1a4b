"""How the platform speaks HTTP: problems, pages of lists, limits, headers, logs. Knows nothing of what is asked for."""
