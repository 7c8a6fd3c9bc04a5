"""Policies: the catalogue as the pages read it."""
