-- Derived: what a page says of its article beside its text. `published` is ISO 8601, as it stood there.

ALTER TABLE digest ADD COLUMN author TEXT;
ALTER TABLE digest ADD COLUMN published TEXT;
ALTER TABLE digest ADD COLUMN site TEXT;
ALTER TABLE digest ADD COLUMN address TEXT;

DROP VIEW reading_history;
CREATE VIEW reading_history (article, title, origin, added, changed, sentences, running_words, words, first_met, author,
                             published, site, address) AS
SELECT a.id, coalesce(d.title, a.origin), a.origin, datetime(a.added, 'unixepoch'), datetime(a.changed, 'unixepoch'),
       d.sentences, d.tokens, d.types, (SELECT count(*) FROM standing s WHERE s.first = a.id), d.author, d.published, d.site,
       d.address
FROM article a LEFT JOIN digest d ON d.article = a.id
WHERE a.removed IS NULL;
