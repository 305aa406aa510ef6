"""Tests of pure figures: no database."""
