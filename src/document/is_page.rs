//! Whether a raw text is a page of HTML.

/// How a page begins that this program has made ready. No other text begins so: what does is taken for a page.
pub(super) const MARK: &str = "<!DOCTYPE html>";

/// Whether a raw text is a page, as [`super::page`] gives it.
pub(super) fn is_page(raw: &str) -> bool {
    raw.starts_with(MARK)
}
