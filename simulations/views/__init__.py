"""The doors of the shelf: looking, reading, and an instructor's own cases. Students never come here."""
