"""Pages for anybody: what is there, what can we get, and why."""
