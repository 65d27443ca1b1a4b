"""Days in a row, on the learner's own calendar: what keeps them, and what makes good for a missed one."""
