"""Who and when: people, rosters, assignment, pairing and the live board."""
