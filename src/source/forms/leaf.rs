//! A page that is made here, of which all is article: the result of every form that has no pages of its own.

/// The fields of a text: its title, its author and the like.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub title: Option<String>,
    pub author: Option<String>,
    pub date: Option<String>,
    /// The book that it is a part of.
    pub site: Option<String>,
}

/// HTML with this head; `body` is HTML.
pub(super) fn page(head: &Head, body: &str) -> String {
    let mut page = String::with_capacity(body.len() + 256);
    page.push_str("<html><head>");
    if let Some(title) = &head.title {
        page.push_str(&format!("<title>{}</title>", escaped(title)));
    }
    for (name, value) in [("author", &head.author), ("date", &head.date), ("og:site_name", &head.site)] {
        if let Some(value) = value {
            page.push_str(&format!("<meta name=\"{name}\" content=\"{}\">", escaped(value)));
        }
    }
    page.push_str("</head><body>");
    page.push_str(body);
    page.push_str("</body></html>");
    page
}

/// Lines as paragraphs.
pub(super) fn paragraphs<'l>(lines: impl IntoIterator<Item = &'l str>) -> String {
    lines.into_iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect()
}

/// Text as HTML shows it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
