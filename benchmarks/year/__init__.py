"""A year of a town, lived in seconds: what people and the town do, and the digest of each Monday."""
