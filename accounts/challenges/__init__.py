"""A little work that whoever signs in has to do once there have been failures: nothing for a person, much for a robot."""
