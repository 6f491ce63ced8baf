"""What it would take for a goal to have a wanted chance: how far each lever must go."""
