"""What the ideas have in common: representation, communities, labels, identity. Numbers live here alone."""
