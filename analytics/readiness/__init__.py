"""How likely a learner is to pass an exam, and how well that has come true."""
