"""Tests of the science library: no Django, no database."""
