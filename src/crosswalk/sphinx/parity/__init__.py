"""API pairs on pages: verdicts, figures, signatures."""
