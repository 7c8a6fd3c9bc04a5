"""The library as the pages read it: the official texts, and what of the catalogue rests on which clause."""
