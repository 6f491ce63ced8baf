"""A frozen plan as something to hand over: sentences, pages and files. Knows no screen."""
