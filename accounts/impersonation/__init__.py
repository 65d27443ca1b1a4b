"""Staff who see the platform as one person sees it, to help them: for a short time, reading only, on the record."""
