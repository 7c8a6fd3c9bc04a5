"""Cases and forms as the staff's pages show them."""
