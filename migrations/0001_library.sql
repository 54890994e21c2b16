-- The learner's library. Two kinds of tables:
--   ground   what was recorded: articles and their texts, words with their guids, what the learner said, exports;
--            never recomputed, never dropped;
--   derived  what the pipeline reads out of it: rebuilt at will, always by the same rule.
-- Readings are numbered pinyin, `gong1 si1`; moments are seconds since 1970; blobs are described in src/store/blob.rs.

PRAGMA application_id = 1936223847; -- "shng"

-- Ground ---------------------------------------------------------------------------------------------------------

-- Numbers of articles are never used twice: cards and tags name them.
CREATE TABLE article (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  origin_kind TEXT NOT NULL CHECK (origin_kind IN ('file', 'stdin', 'web')),
  origin      TEXT NOT NULL,
  added       INTEGER NOT NULL,
  changed     INTEGER NOT NULL CHECK (changed >= added),
  removed     INTEGER
) STRICT;
CREATE INDEX article_by_origin ON article (origin);

-- Every text that an article ever had; the newest is the one that counts.
CREATE TABLE text (
  id      INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article,
  hash    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  raw     TEXT NOT NULL
) STRICT;
CREATE INDEX text_by_hash ON text (hash);
CREATE INDEX text_by_article ON text (article);

CREATE TABLE tag (
  article INTEGER NOT NULL REFERENCES article,
  tag     TEXT NOT NULL CHECK (tag <> ''),
  PRIMARY KEY (article, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE word (
  id       INTEGER PRIMARY KEY,
  headword TEXT NOT NULL CHECK (headword <> ''),
  reading  TEXT NOT NULL CHECK (reading <> ''),
  guid     TEXT NOT NULL UNIQUE,
  born     INTEGER NOT NULL,
  UNIQUE (headword, reading)
) STRICT;

-- One command of the learner. An act is never deleted: `undo` is an act that names the one it takes back.
CREATE TABLE act (
  id     INTEGER PRIMARY KEY,
  what   TEXT NOT NULL CHECK (what IN ('mark', 'correct', 'undo')),
  source TEXT,
  at     INTEGER NOT NULL,
  undoes INTEGER UNIQUE REFERENCES act,
  CHECK ((what = 'undo') = (undoes IS NOT NULL)),
  CHECK ((what = 'mark') = (source IS NOT NULL))
) STRICT;

CREATE TABLE mark (
  id     INTEGER PRIMARY KEY,
  act    INTEGER NOT NULL REFERENCES act,
  word   INTEGER NOT NULL REFERENCES word,
  status TEXT NOT NULL CHECK (status IN ('new', 'learning', 'known', 'ignored'))
) STRICT;
CREATE INDEX mark_by_word ON mark (word);

-- `word` is the row whose reading was put right and `was` what it had been, so that undo can put it back.
CREATE TABLE correction (
  id      INTEGER PRIMARY KEY,
  act     INTEGER NOT NULL REFERENCES act,
  kind    TEXT NOT NULL CHECK (kind IN ('reading', 'split', 'join', 'name', 'sense', 'ignore')),
  target  TEXT NOT NULL CHECK (target <> ''),
  reading TEXT,
  value   TEXT,
  word    INTEGER REFERENCES word,
  was     TEXT,
  CHECK ((word IS NULL) = (was IS NULL))
) STRICT;

-- What each deck has given, note by note. `hash` and `fields` are fingerprints of the whole note and of each field,
-- `modified` is when the note's content last changed, `sentence` of `article` is the one that it shows.
CREATE TABLE export (
  deck     TEXT NOT NULL,
  guid     TEXT NOT NULL,
  hash     TEXT NOT NULL,
  fields   TEXT NOT NULL,
  cards    TEXT NOT NULL,
  article  INTEGER REFERENCES article,
  sentence TEXT,
  modified INTEGER NOT NULL,
  given    INTEGER NOT NULL,
  PRIMARY KEY (deck, guid),
  CHECK ((article IS NULL) = (sentence IS NULL))
) STRICT, WITHOUT ROWID;

-- What was last read back from Anki; `edited` holds the fields that the learner changed there, as JSON.
CREATE TABLE anki (
  word     INTEGER NOT NULL REFERENCES word,
  note     INTEGER NOT NULL,
  guid     TEXT,
  state    TEXT NOT NULL CHECK (state IN ('ignored', 'in-anki', 'learning', 'known')),
  interval INTEGER NOT NULL,
  lapses   INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  edited   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (word, note)
) STRICT, WITHOUT ROWID;

-- Derived --------------------------------------------------------------------------------------------------------

-- What the pipeline read out of an article's newest text.
CREATE TABLE digest (
  article   INTEGER PRIMARY KEY REFERENCES article,
  version   INTEGER NOT NULL,
  title     TEXT NOT NULL,
  tokens    INTEGER NOT NULL,
  types     INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  profile   BLOB NOT NULL
) STRICT;

-- `id` is the article's number times 2^24 plus the sentence's place in it: an article's sentences lie together
-- and need no index of their own.
CREATE TABLE sentence (
  id    INTEGER PRIMARY KEY,
  text  TEXT NOT NULL,
  words BLOB NOT NULL
) STRICT;

CREATE TABLE pair (
  article INTEGER NOT NULL REFERENCES article,
  place   INTEGER NOT NULL,
  hanzi   TEXT NOT NULL,
  reading TEXT NOT NULL,
  spots   BLOB NOT NULL,
  PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE doubt (
  article INTEGER NOT NULL REFERENCES article,
  place   INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  written TEXT NOT NULL,
  why     TEXT NOT NULL,
  lifted  INTEGER NOT NULL CHECK (lifted IN (0, 1)),
  PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE cut (
  article    INTEGER NOT NULL REFERENCES article,
  place      INTEGER NOT NULL,
  first_line INTEGER NOT NULL,
  last_line  INTEGER NOT NULL,
  text       TEXT NOT NULL,
  why        TEXT NOT NULL,
  PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;

-- Where a word stands now: the sum over all digests, and what its marks come to.
CREATE TABLE standing (
  word     INTEGER PRIMARY KEY REFERENCES word,
  status   TEXT NOT NULL CHECK (status IN ('new', 'learning', 'known', 'ignored')),
  count    INTEGER NOT NULL CHECK (count >= 0),
  articles INTEGER NOT NULL CHECK (articles BETWEEN 0 AND count),
  first    INTEGER REFERENCES article,
  tally    BLOB NOT NULL,
  places   BLOB NOT NULL,
  CHECK ((count = 0) = (first IS NULL))
) STRICT;
CREATE INDEX standing_by_status ON standing (status);
