"""The board of goals and tactics."""
