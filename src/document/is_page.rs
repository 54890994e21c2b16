//! Whether a raw text is a page of HTML, and whether all of it is article.

/// How a page begins that this program has made ready. No other text begins so: what does is taken for a page.
pub(super) const MARK: &str = "<!DOCTYPE html>";

/// How a page goes on of which nothing is cut: a chapter, a document, subtitles. No page of the web is kept so.
pub(super) const WHOLE: &str = "<html class=\"whole\">";

/// Whether a raw text is a page, as [`super::page`] gives it.
pub(super) fn is_page(raw: &str) -> bool {
    raw.starts_with(MARK)
}

/// Whether a raw text is a page, as [`super::leaf`] gives it.
pub(super) fn is_whole(raw: &str) -> bool {
    raw.strip_prefix(MARK).is_some_and(|rest| rest.starts_with(WHOLE))
}
