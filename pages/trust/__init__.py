"""How the numbers come about, and what speaks for them."""
