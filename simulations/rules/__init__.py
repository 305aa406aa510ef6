"""What can be said about simulations without a database: filters, archives, differences, drawings."""
