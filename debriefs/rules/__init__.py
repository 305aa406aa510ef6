"""What a session teaches, as pure functions of its logs and its case."""
