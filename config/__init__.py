"""How the house is run: settings, addresses, servers and services."""
