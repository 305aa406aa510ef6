"""`./dev analyse`: the figures of a case in any format, from the command line."""
