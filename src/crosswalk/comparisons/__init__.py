"""Comparisons: find, read, run, align and report them."""
