"""What happens together that should not: the engine that counts co-actions and tests them.

The modules are used by name (``engine.coaction``, ``engine.nulls``); nothing is loaded here, so
that importing the package stays cheap.
"""
