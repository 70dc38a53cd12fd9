"""A store of invented parcels with a plausible ledger, for trying and teaching: all of it 示例."""

from geo.demo.make import made

__all__ = ["made"]
