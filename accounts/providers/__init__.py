"""Signing in with an account that people have elsewhere: GitHub and Google, through allauth."""
