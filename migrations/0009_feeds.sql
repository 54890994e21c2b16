-- Ground: which feeds are followed, and which of their items have been looked at.

CREATE TABLE feed (
  id       INTEGER PRIMARY KEY,
  url      TEXT NOT NULL UNIQUE CHECK (url <> ''),
  title    TEXT,
  -- What the server said to tell this version from the next: `ETag` and `Last-Modified`.
  tag      TEXT,
  modified TEXT,
  added    INTEGER NOT NULL,
  fetched  INTEGER
) STRICT;

-- `article` is what the item became; none where it had nothing to read.
CREATE TABLE feed_item (
  feed    INTEGER NOT NULL REFERENCES feed,
  key     TEXT NOT NULL CHECK (key <> ''),
  article INTEGER REFERENCES article,
  PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;
