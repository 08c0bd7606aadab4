"""Invented material: the country of Qaravel, for the demo, tests and tutorials."""
