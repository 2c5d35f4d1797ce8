"""The bots beside which Morgen is measured, each a program of its own."""
