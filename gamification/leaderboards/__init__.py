"""Who stands where by XP: in an academy and in a cohort, this week and in all. Points themselves are of `xp`."""
