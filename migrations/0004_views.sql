-- For people who open their library with SQLite; no verb of ours reads these. docs/library.md describes them, and what is
-- described there stays. Moments are written as SQLite writes them, in UTC; pinyin is numbered, as the tables have it.

CREATE VIEW vocabulary (word, headword, pinyin, status, count, articles, first_seen, first_article, guid) AS
SELECT w.id, w.headword, w.reading, s.status, s.count, s.articles, datetime(w.born, 'unixepoch'), s.first, w.guid
FROM word w JOIN standing s ON s.word = w.id;

CREATE VIEW reading_history (article, title, origin, added, changed, sentences, running_words, words, first_met) AS
SELECT a.id, coalesce(d.title, a.origin), a.origin, datetime(a.added, 'unixepoch'), datetime(a.changed, 'unixepoch'),
       d.sentences, d.tokens, d.types, (SELECT count(*) FROM standing s WHERE s.first = a.id)
FROM article a LEFT JOIN digest d ON d.article = a.id
WHERE a.removed IS NULL;

CREATE VIEW pairs (article, title, hanzi, pinyin) AS
SELECT p.article, coalesce(d.title, a.origin), p.hanzi, p.reading
FROM pair p JOIN article a ON a.id = p.article LEFT JOIN digest d ON d.article = p.article
WHERE a.removed IS NULL;
