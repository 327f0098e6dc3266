"""Mutants that nothing can notice: the program does the same without the piece. Each with its reason, for whoever reads the report."""

REASONS = {}
