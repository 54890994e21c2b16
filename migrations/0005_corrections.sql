-- Ground: a correction says what it means by its columns.
--
-- `value` meant four things, told apart by the kind and, of readings, by whether it had hanzi:
--   reading   of `target`, in `phrase` where one is named, else everywhere, or only where it was read as `instead_of`;
--   split     `target` into `parts`, a JSON array;
--   name      `target` is one, of the kind `name`;
--   sense     `gloss` leads, of `target` with `reading`;
--   join, ignore   of `target` alone.

ALTER TABLE correction RENAME TO correction_before;
CREATE TABLE correction (
  id         INTEGER PRIMARY KEY,
  act        INTEGER NOT NULL REFERENCES act,
  kind       TEXT NOT NULL CHECK (kind IN ('reading', 'split', 'join', 'name', 'sense', 'ignore')),
  target     TEXT NOT NULL CHECK (target <> ''),
  reading    TEXT,
  instead_of TEXT CHECK (instead_of IS NULL OR kind = 'reading' AND phrase IS NULL),
  phrase     TEXT CHECK (phrase IS NULL OR kind = 'reading'),
  parts      TEXT CHECK (parts IS NULL OR kind = 'split' AND json_valid(parts)),
  name       TEXT CHECK (name IS NULL OR kind = 'name'),
  gloss      TEXT CHECK (gloss IS NULL OR kind = 'sense'),
  word       INTEGER REFERENCES word,
  was        TEXT,
  CHECK ((word IS NULL) = (was IS NULL))
) STRICT;
-- A reading has letters of pinyin and digits alone; a phrase has hanzi.
INSERT INTO correction (id, act, kind, target, reading, instead_of, phrase, parts, name, gloss, word, was)
SELECT id, act, kind, target, reading,
       CASE WHEN kind = 'reading' AND NOT value GLOB '*[^ -~üê]*' THEN value END,
       CASE WHEN kind = 'reading' AND value GLOB '*[^ -~üê]*' THEN value END,
       CASE WHEN kind = 'split' THEN '[' || replace(json_quote(value), '|', '","') || ']' END,
       CASE WHEN kind = 'name' THEN value END,
       CASE WHEN kind = 'sense' THEN value END,
       word, was
FROM correction_before;
DROP TABLE correction_before;
