"""The rules over whole tables: the same tree as columns, for millions of enterprises at once."""
