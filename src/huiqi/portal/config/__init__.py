"""How the portal is put together: settings, addresses, response headers."""
