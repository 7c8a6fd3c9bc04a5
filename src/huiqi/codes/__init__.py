"""Codes that a national standard defines: who an enterprise or a person is, and where it is.

Each module follows one standard and nothing else: ``uscc`` (GB 32100-2015), ``identity`` (GB 11643-1999) and
``regions`` (GB/T 2260). They know no policy and no place; the list of regions is data that a caller hands in.
"""
