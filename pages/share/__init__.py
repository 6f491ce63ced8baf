"""Snapshots and the links that show them."""
