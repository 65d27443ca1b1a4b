"""What browsers report against the content security policy: counted by day, without anything about people."""
