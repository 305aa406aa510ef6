"""Pages of this app: gate, form, one action."""
