"""Measurements of speed: each a ratio of two things done in turn in one run.

``python -m tools.bench`` measures all, ``python -m bench no_change one_edit`` some.
They are no tests: what they give depends on the machine.
"""
