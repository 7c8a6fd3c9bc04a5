"""Screenings: one visitor's answers to the questionnaire."""
