"""The plan: nouns and verbs of planning, independent of screen and storage."""
