"""What can be said about people and sittings without a database: codes, phrases, pairs, tiles."""
