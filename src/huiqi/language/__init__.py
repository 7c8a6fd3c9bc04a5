"""The rule language: formulas, types and units, the checker, and a tree's words in plain Chinese."""
