"""The load client: many participants over real websockets, out of one process of its own."""
