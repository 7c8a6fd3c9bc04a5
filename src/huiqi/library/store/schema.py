"""The tables of a library, and how one is known from any other file.

A library is one SQLite file. Its application id says that it is one, its user version which; a file of
another version is not migrated but made again from the sources, which is what it was made from.
"""

from __future__ import annotations

APPLICATION_ID = 0x48755169  # "HuQi", in the header of the file
VERSION = 1
"""Raise it when tables, tokens or passages change: what is stored no longer fits then."""

TABLES = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    medium TEXT NOT NULL,
    encoding TEXT NOT NULL,
    digest TEXT NOT NULL,
    characters INTEGER NOT NULL
);
CREATE TABLE source_body (
    source INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    rest TEXT NOT NULL  -- what else a reading holds beside documents, losses and remarks, as JSON
);
CREATE TABLE document (
    serial INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- in its source
    title TEXT NOT NULL,
    number TEXT,
    issuers TEXT NOT NULL,  -- a JSON list
    issued TEXT,
    level TEXT NOT NULL,
    region TEXT NOT NULL,
    effective TEXT,  -- JSON [day, clause, words]
    expires TEXT,  -- as effective
    cover_title TEXT NOT NULL,
    within TEXT NOT NULL,
    section TEXT NOT NULL,
    clauses INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    title_key TEXT NOT NULL,
    number_key TEXT NOT NULL,
    cover_key TEXT NOT NULL
);
CREATE INDEX document_source ON document (source, position);
CREATE INDEX document_title ON document (title_key);
CREATE INDEX document_number ON document (number_key);
CREATE TABLE document_body (
    document INTEGER PRIMARY KEY REFERENCES document (serial) ON DELETE CASCADE,
    json TEXT NOT NULL
);
CREATE TABLE repeal (
    document INTEGER NOT NULL REFERENCES document (serial) ON DELETE CASCADE,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    clause TEXT NOT NULL,
    extent TEXT NOT NULL,
    title_key TEXT NOT NULL,
    number_key TEXT NOT NULL
);
CREATE INDEX repeal_document ON repeal (document);
CREATE TABLE loss (
    source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    document TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (source, position)
) WITHOUT ROWID;
CREATE TABLE remark (
    source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    document TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (source, position)
) WITHOUT ROWID;
CREATE TABLE role (
    document INTEGER NOT NULL REFERENCES document (serial) ON DELETE CASCADE,
    clause TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (document, clause)
) WITHOUT ROWID;
CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (serial) ON DELETE CASCADE,
    path TEXT NOT NULL,
    text TEXT NOT NULL,
    size INTEGER NOT NULL  -- words of the text
);
CREATE INDEX passage_document ON passage (document, size);
CREATE TABLE part (
    passage INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    clause TEXT NOT NULL,
    cite TEXT NOT NULL,
    PRIMARY KEY (passage, start)
) WITHOUT ROWID;
CREATE TABLE character (  -- in how many passages a Chinese character is; the index counts them slowly
    word TEXT PRIMARY KEY,
    passages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE total (passages INTEGER NOT NULL, size INTEGER NOT NULL);
INSERT INTO total VALUES (0, 0);
"""

INDEX = """
CREATE VIRTUAL TABLE word USING fts5 (title, path, text, content = '', tokenize = "ascii tokenchars '.'");
INSERT INTO word (word, rank) VALUES ('rank', 'bm25(0.5, 0.5, 1.0)');
CREATE VIRTUAL TABLE word_count USING fts5vocab (word, 'row');
"""
"""The words themselves are made by `tokens.words`; the tokenizer only splits them at blanks again."""
