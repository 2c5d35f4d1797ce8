"""How fast Morgen is beside other bots: one command, one table."""
