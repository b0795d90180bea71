"""Use cases: one transaction per act."""

from storage.db import Database

__all__ = ["Database"]
