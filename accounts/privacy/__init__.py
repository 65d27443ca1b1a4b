"""Legal texts, consent, and what the platform holds about a person: to be handed over, and to be erased."""
