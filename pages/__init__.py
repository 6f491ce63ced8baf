"""Screens: read, command, draw."""
