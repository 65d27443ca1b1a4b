"""What a learner might do next, and why."""
