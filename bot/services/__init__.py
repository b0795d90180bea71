"""Use cases: one transaction per act."""
