"""Tests mirror the tree; browser, faults and load stand beside it."""
