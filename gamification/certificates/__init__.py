"""Certificates of exams that were passed: issued, revoked, as a file, and verified by anybody who has the code."""
