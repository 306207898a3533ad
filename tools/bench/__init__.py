"""Measure speed, each time as a ratio of two actions that alternate in one run.

``python -m tools.bench`` measures everything, and
``python -m tools.bench no_change one_edit`` only some of it.
These are no tests, because the results depend on the machine.
"""
