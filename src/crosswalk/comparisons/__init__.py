"""Comparisons: found, read, run, aligned and reported."""
