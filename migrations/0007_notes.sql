-- Ground: what was read back of a note, and what a deck gave of it, stand in columns that say what they are.
--
-- `anki.edited` was one JSON object in which names that no field has told of other things (":tags", ":gone"); a column is
-- now one thing. `export.fields` was a row of fingerprints in which a place, a slash and a hash sign had their meanings;
-- `versions` is JSON of one form.

-- What was last read back from Anki. The learner's: `fields` of ours that were edited and fields of the learner's `own`,
-- JSON objects of names and HTML; `tags` that were added and the fingerprints of tags of ours that were taken away
-- (`untagged`), JSON arrays. `older`: Anki holds an older version of ours; `gone`: it was there and is no more; `moved`: it
-- is of another note type than ours.
ALTER TABLE anki RENAME TO anki_before;
CREATE TABLE anki (
  word     INTEGER NOT NULL REFERENCES word,
  note     INTEGER NOT NULL,
  guid     TEXT,
  state    TEXT NOT NULL CHECK (state IN ('ignored', 'in-anki', 'learning', 'known')),
  interval INTEGER NOT NULL,
  lapses   INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  fields   TEXT NOT NULL CHECK (json_valid(fields)),
  own      TEXT NOT NULL CHECK (json_valid(own)),
  tags     TEXT NOT NULL CHECK (json_valid(tags)),
  untagged TEXT NOT NULL CHECK (json_valid(untagged)),
  older    INTEGER NOT NULL CHECK (older IN (0, 1)),
  gone     INTEGER NOT NULL CHECK (gone IN (0, 1)),
  moved    INTEGER NOT NULL CHECK (moved IN (0, 1)),
  at       INTEGER NOT NULL,
  PRIMARY KEY (word, note)
) STRICT, WITHOUT ROWID;
INSERT INTO anki
SELECT word, note, guid, state, interval, lapses, modified,
       (SELECT json_group_object(key, value) FROM json_each(edited) WHERE key NOT LIKE ':%'),
       (SELECT json_group_object(substr(key, 8), value) FROM json_each(edited) WHERE key LIKE ':field:%'),
       (SELECT coalesce(max('[' || replace(json_quote(value), ' ', '","') || ']'), '[]')
        FROM json_each(edited) WHERE key = ':tags' AND value <> ''),
       (SELECT coalesce(max('[' || replace(json_quote(value), ' ', '","') || ']'), '[]')
        FROM json_each(edited) WHERE key = ':untagged' AND value <> ''),
       EXISTS (SELECT 1 FROM json_each(edited) WHERE key = ':older'),
       EXISTS (SELECT 1 FROM json_each(edited) WHERE key = ':gone'),
       EXISTS (SELECT 1 FROM json_each(edited) WHERE key = ':moved'),
       at
FROM anki_before;
DROP TABLE anki_before;

-- What each deck has given, note by note. `hash` is a fingerprint of the whole note, `versions` has those of each version
-- that was given, the newest first: a JSON array of {"fields": [one for each field, in their order], "tags": of all tags,
-- "each_tag": [of each]}; the last two are null where they were not remembered. `modified` is when the note's content last
-- changed, `sentence` of `article` is the one that it shows.
ALTER TABLE export RENAME TO export_before;
CREATE TABLE export (
  deck     TEXT NOT NULL,
  guid     TEXT NOT NULL,
  hash     TEXT NOT NULL,
  versions TEXT NOT NULL CHECK (json_valid(versions)),
  cards    TEXT NOT NULL,
  article  INTEGER REFERENCES article,
  sentence TEXT,
  modified INTEGER NOT NULL,
  given    INTEGER NOT NULL,
  PRIMARY KEY (deck, guid),
  CHECK ((article IS NULL) = (sentence IS NULL))
) STRICT, WITHOUT ROWID;
-- A version was nineteen words of the fields, one of all tags, and one behind a # of each tag, behind a # alone.
INSERT INTO export
SELECT deck, guid, hash,
       (SELECT json_group_array(json_object(
          'fields', json((SELECT json_group_array(w.value) FROM json_each(v.value) w WHERE w.key < 19 AND w.value <> '')),
          'tags', json_extract(v.value, '$[19]'),
          'each_tag', json(CASE WHEN EXISTS (SELECT 1 FROM json_each(v.value) w WHERE w.key > 19 AND w.value LIKE '#%') THEN
            (SELECT json_group_array(substr(w.value, 2)) FROM json_each(v.value) w WHERE w.key > 19 AND w.value LIKE '#_%')
          END)))
        FROM json_each('[[' || replace(replace(json_quote(fields), ' / ', '"],["'), ' ', '","') || ']]') v),
       cards, article, sentence, modified, given
FROM export_before;
DROP TABLE export_before;
