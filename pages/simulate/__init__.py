"""The rep week, levers and projection of a scenario."""
