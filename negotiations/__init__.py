"""The live table: sessions, rooms, seats and the log of events."""
