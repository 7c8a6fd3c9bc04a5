"""From a source to documents and clauses: lines, pages, titles, divisions, numbering, outline, identity.

The stages run in the order of ``huiqi.library.ingest``; each takes what the one before gave.
"""
