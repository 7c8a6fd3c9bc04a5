"""Pages for the staff: the queue, a case, acting on it. Everything is written by ``casework.services``."""
