"""Items and their immutable versions, with the domains, skills and stimuli they refer to."""
