"""Texts and data about outcomes, for all front ends."""
