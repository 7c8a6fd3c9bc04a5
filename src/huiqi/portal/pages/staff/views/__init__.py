"""Views of the staff's pages."""
