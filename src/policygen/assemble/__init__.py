"""A library in, documents out: functions from data to data, without clock and disk."""
