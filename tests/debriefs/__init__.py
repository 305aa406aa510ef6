"""Tests of the debrief: figures, jobs, pages and charts."""
