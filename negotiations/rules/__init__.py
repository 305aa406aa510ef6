"""The rules of a table as pure functions: no Django, no database, no clock, no chance."""
