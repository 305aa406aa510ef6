"""What is negotiated: the shelf, its editions, role sheets and the library."""
