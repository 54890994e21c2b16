-- Ground: where else an article was found, word for word or nearly so. Its words are counted once.
CREATE TABLE copy (
  article     INTEGER NOT NULL REFERENCES article,
  origin_kind TEXT NOT NULL CHECK (origin_kind IN ('file', 'web')),
  origin      TEXT NOT NULL CHECK (origin <> ''),
  location    TEXT,
  at          INTEGER NOT NULL,
  PRIMARY KEY (article, origin)
) STRICT, WITHOUT ROWID;

-- Derived: the numbers that find the copies of an article's text (src/document/sketch.rs).
CREATE TABLE sketch (
  hash    INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article,
  PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_by_article ON sketch (article);
