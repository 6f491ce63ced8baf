"""One word for each job around the product."""
