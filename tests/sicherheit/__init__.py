"""What attackers send, and what must not come of it."""
