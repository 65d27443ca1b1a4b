"""Second factors: authenticator apps, passkeys, recovery codes, and what a session has proved with them."""
