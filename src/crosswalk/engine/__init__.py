"""Run items in sandboxed processes and store their outcomes.

The engine knows nothing about comparisons or pairs.
"""
