"""What decides the plan's outcome, where it turns, and what each tactic brings."""
