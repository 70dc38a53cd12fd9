"""What is true: shapes, measures, rules and records of the zone."""
