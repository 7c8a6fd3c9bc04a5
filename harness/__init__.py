"""Trying to break procedures and the keeping of cases, at any size: random sequences, mutants, kills."""
