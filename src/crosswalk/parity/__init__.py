"""Measure, step by step, how closely training in MindSpore matches PyTorch."""
