"""Keeping plans: the only package that knows SQLite."""

from data.errors import DatabaseUnusable
from data.store import SqliteStore

__all__ = ["DatabaseUnusable", "SqliteStore"]
