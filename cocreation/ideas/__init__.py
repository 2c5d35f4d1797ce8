"""Values and rules: frozen dataclasses, enums and pure functions."""
