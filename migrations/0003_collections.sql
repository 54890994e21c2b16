-- Ground: the learner may have several collections of Anki's. What was deleted in one is not deleted in another.

-- A collection that was read: where its file lies, when it was read last, our note type as it has it (JSON), the names
-- of its decks by number (JSON), and for which style of ours it was told that the learner's own stays.
CREATE TABLE collection (
  id        INTEGER PRIMARY KEY,
  place     TEXT NOT NULL UNIQUE CHECK (place <> ''),
  read      INTEGER NOT NULL,
  note_type TEXT,
  decks     TEXT NOT NULL,
  style     TEXT
) STRICT;

-- What a collection has, or had, of our notes; `deck` is the number of the deck in which a note's first card lies.
CREATE TABLE holding (
  collection INTEGER NOT NULL REFERENCES collection,
  guid       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('there', 'deleted', 'moved')),
  deck       INTEGER,
  PRIMARY KEY (collection, guid)
) STRICT, WITHOUT ROWID;

-- The number in a collection of each deck that was given to it, by the name under which it was given: so it stays
-- known when the learner renames it.
CREATE TABLE given_deck (
  collection INTEGER NOT NULL REFERENCES collection,
  name       TEXT NOT NULL CHECK (name <> ''),
  number     INTEGER NOT NULL,
  PRIMARY KEY (collection, name)
) STRICT, WITHOUT ROWID;
