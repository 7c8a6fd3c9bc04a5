"""From the engine's answer to what a page shows."""
