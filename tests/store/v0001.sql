PRAGMA application_id = 1936223847;
PRAGMA user_version = 1;
CREATE TABLE article (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  origin_kind TEXT NOT NULL CHECK (origin_kind IN ('file', 'stdin', 'web')),
  origin      TEXT NOT NULL,
  added       INTEGER NOT NULL,
  changed     INTEGER NOT NULL CHECK (changed >= added),
  removed     INTEGER
) STRICT;
CREATE INDEX article_by_origin ON article (origin);
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
CREATE TABLE digest (
  article   INTEGER PRIMARY KEY REFERENCES article,
  version   INTEGER NOT NULL,
  title     TEXT NOT NULL,
  tokens    INTEGER NOT NULL,
  types     INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  profile   BLOB NOT NULL
) STRICT;
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
INSERT INTO article VALUES (1, 'file', 'a.txt', 1767571200, 1767657600, NULL);
INSERT INTO article VALUES (2, 'file', 'b.txt', 1767657600, 1767657600, NULL);
INSERT INTO article VALUES (3, 'file', 'c.txt', 1768176000, 1768176000, NULL);
INSERT INTO text VALUES (1, 1, 1229504758939083764, 1767571200, '公司新闻。
公司去北京。');
INSERT INTO text VALUES (2, 1, 4562072987033989511, 1767657600, '公司新闻大。');
INSERT INTO text VALUES (3, 2, 1229504758939083764, 1767657600, '公司新闻。
公司去北京。');
INSERT INTO text VALUES (4, 3, 442263134539191119, 1768176000, '大公司。
公司王力宏。');
INSERT INTO tag VALUES (1, 'tag');
INSERT INTO word VALUES (1, '公司', 'gong1 si1', '5oYzret7AFK', 1767571200);
INSERT INTO word VALUES (2, '新闻', 'xin1 wen2', '7QUBxWKzPf1', 1767571200);
INSERT INTO word VALUES (3, '去', 'qu4', 'yP1swioPs2C', 1767571200);
INSERT INTO word VALUES (4, '北京', 'bei3 jing1', 'VBFBRYecr19', 1767571200);
INSERT INTO word VALUES (5, '大', 'da4', 'Pr15nXl8R89', 1767657600);
INSERT INTO word VALUES (6, '从未', 'cong2 wei4', 'lYiKRNjrFc8', 1767744000);
INSERT INTO word VALUES (7, '王力宏', 'wang2 li4 hong2', 'qhWlEfSka34', 1768176000);
INSERT INTO act VALUES (1, 'mark', 'list:my words', 1767744000, NULL);
INSERT INTO act VALUES (2, 'mark', 'hand', 1767744000, NULL);
INSERT INTO act VALUES (3, 'undo', NULL, 1767830400, 2);
INSERT INTO act VALUES (4, 'correct', NULL, 1767916800, NULL);
INSERT INTO mark VALUES (1, 1, 1, 'known');
INSERT INTO mark VALUES (2, 2, 6, 'ignored');
INSERT INTO correction VALUES (1, 4, 'name', '王力宏', NULL, 'person', NULL, NULL);
INSERT INTO export VALUES ('news', 'g', '0f', '1 2', 'recognition', 2, '公司新闻。', 1767916800, 1768003200);
INSERT INTO anki VALUES (2, 7, 'g', 'known', 40, 0, 1768089600, '{"Front":"line\none"}', 1768089600);
INSERT INTO digest VALUES (1, 1, '公司新闻大。', 3, 3, 1, x'010102010102030102');
INSERT INTO digest VALUES (2, 1, '公司新闻。', 5, 4, 2, x'01020201010201010201011a');
INSERT INTO digest VALUES (3, 1, '大公司。', 4, 3, 2, x'010202040102020112');
INSERT INTO sentence VALUES (16777216, '公司新闻大。', x'000601020006020200030502');
INSERT INTO sentence VALUES (33554432, '公司新闻。', x'0006010200060202');
INSERT INTO sentence VALUES (33554433, '公司去北京。', x'00060102000303020006041a');
INSERT INTO sentence VALUES (50331648, '大公司。', x'0003050200060102');
INSERT INTO sentence VALUES (50331649, '公司王力宏。', x'0006010200090712');
INSERT INTO pair VALUES (3, 0, '大', 'da4', x'00');
INSERT INTO doubt VALUES (3, 0, 6, 'gong1', 'ambiguous', 0);
INSERT INTO cut VALUES (3, 0, 7, 9, '发表
评论', 'comments');
INSERT INTO standing VALUES (1, 'known', 5, 3, 1, x'010504030300', x'01000100000101000001');
INSERT INTO standing VALUES (2, 'new', 2, 2, 1, x'010204020200', x'01000100');
INSERT INTO standing VALUES (3, 'new', 1, 1, 2, x'010104010100', x'0201');
INSERT INTO standing VALUES (4, 'new', 1, 1, 2, x'080104010100', x'0201');
INSERT INTO standing VALUES (5, 'new', 2, 2, 1, x'010204020200', x'01000200');
INSERT INTO standing VALUES (6, 'new', 0, 0, NULL, x'00000000', x'');
INSERT INTO standing VALUES (7, 'new', 1, 1, 3, x'040104010100', x'0301');
