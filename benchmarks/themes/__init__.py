"""Themes that people would find, and how fast: Morgen beside the libraries that others use for it."""
