"""About the project: mutation testing, benchmarks and the setup. Not shipped."""
