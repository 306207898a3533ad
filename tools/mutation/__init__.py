"""Damage comparisons on purpose, and see whether it is noticed."""
