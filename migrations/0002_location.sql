-- Where a file lies: its canonical path, written so that no two paths share one (`document::Location`). What was typed
-- stays in `origin`, to be shown. NULL of what lies nowhere, and of files that were added before there were locations.
ALTER TABLE article ADD COLUMN location TEXT CHECK (location IS NULL OR origin_kind = 'file');
CREATE INDEX article_by_location ON article (location);

-- The name of the file that was typed: what is behind the last slash.
CREATE INDEX article_by_name ON article (replace(origin, rtrim(origin, replace(origin, '/', '')), ''));
