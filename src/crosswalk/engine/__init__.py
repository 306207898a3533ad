"""Run items in sandboxed processes and keep what came; knows no comparisons."""
