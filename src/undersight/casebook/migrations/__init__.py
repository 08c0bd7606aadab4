"""Schema versions of the change log, run by Alembic when a casebook is opened."""
