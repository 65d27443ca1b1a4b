"""Who sits what and when, and the attempt while it is sat."""
