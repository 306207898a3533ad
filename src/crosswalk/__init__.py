"""Run PyTorch and MindSpore side by side, and check every claim about both."""

__version__ = "0.1.0"
