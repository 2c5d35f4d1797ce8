"""The digest's picture: where everything stands, and how it is drawn."""
