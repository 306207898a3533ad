"""Run PyTorch and MindSpore side by side, and prove what is said about them."""

__version__ = "0.1.0"
