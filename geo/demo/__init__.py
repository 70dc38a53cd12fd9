"""A store of invented parcels with a plausible ledger, for trying and teaching: all of it 示例."""
