"""Comparisons on pages: both sides, outputs, checks."""
