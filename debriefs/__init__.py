"""What was learnt: figures, charts, reports and exports."""
