"""Trying to break procedures, the keeping of cases and answers for many: random input, mutants, kills."""
