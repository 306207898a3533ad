"""Search in both languages."""
