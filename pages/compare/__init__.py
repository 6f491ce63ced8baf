"""Scenarios side by side on the same futures."""
