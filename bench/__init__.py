"""Benchmarks, one file a question; each prints its figures as a table. Run them with `./dev bench NAME`."""
