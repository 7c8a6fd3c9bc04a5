"""The library: official text read into documents and clauses that can be cited, searched, accounted for."""
