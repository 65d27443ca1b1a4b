"""Journeys through the platform in a real browser: headless Chromium against gunicorn and the test database."""
