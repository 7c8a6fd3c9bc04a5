"""匹配: every benefit for every enterprise of a table, what it comes to, and what a new policy changes."""
