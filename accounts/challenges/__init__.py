"""A little work for whoever signs in after failures: nothing for a person, much for a robot."""
