"""How the shipped boundary sets are made, step by step, from `sources/`."""
