"""Badges, measured figures, and the tables of evidence."""
