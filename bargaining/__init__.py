"""The science of the table, a plain library: no Django, no database, no clock, no chance."""
