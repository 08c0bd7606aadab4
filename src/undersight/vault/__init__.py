"""Original bytes and what proves them: keyring, objects, custody, source identities, staff."""
