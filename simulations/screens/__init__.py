"""What the shelf shows of editions, in words and small drawings; for signed-in instructors."""
