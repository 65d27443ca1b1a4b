"""People who sign in. Not for what they may do in an academy: that is `academies.tenancy`."""
