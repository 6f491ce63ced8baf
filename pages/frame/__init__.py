"""What every page has around it: style, context row, messages."""
