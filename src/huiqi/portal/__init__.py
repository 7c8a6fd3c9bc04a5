"""The portal: what the engine knows, as pages for people (Django). Only the command line imports it."""
