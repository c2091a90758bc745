"""Measurements: what was run, on what, beside a baseline in the same run. ``make bench`` runs ``end_to_end``."""
