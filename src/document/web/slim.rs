//! A page without what no reading of it needs: scripts, styles, pictures, addresses of links.
//!
//! A library keeps of each article what it was read from, so that a later version reads it better. Of a page of 200 KB
//! that is 30. *Law*: reading the slim page gives what reading the whole one gives.

use dom_query::NodeRef;

use super::dom;
use super::head::Fields;
use crate::document::is_page;

/// Attributes that the reading asks for.
const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "hidden",
    "itemprop",
    "property",
    "datetime",
    "pubdate",
    "content",
    "data-type",
    "data-testid",
];

/// The page that `html` is, as libraries keep it; `None` where its tags are nested too deep to be read.
pub fn slim(html: &str) -> Option<String> {
    slimmed(html, "<html>")
}

/// The same of a page of which nothing is to be cut.
pub fn leaf(html: &str) -> Option<String> {
    slimmed(html, is_page::WHOLE)
}

fn slimmed(html: &str, begins: &str) -> Option<String> {
    let document = dom::parse(html)?;
    let fields = Fields::of(&document);
    dom::strip(&document);
    let nodes: Vec<NodeRef<'_>> = document.root().descendants();
    for node in nodes {
        if node.is_comment() {
            node.remove_from_parent();
        } else if node.is_element() {
            without_attributes(&node);
        }
    }
    let body = document.body()?;
    let mut page = format!("{}{begins}<head>", is_page::MARK);
    fields.write(&mut page);
    page.push_str("</head>");
    page.push_str(&body.html());
    page.push_str("</html>");
    Some(page)
}

fn without_attributes(node: &NodeRef<'_>) {
    let hidden = dom::is_hidden(node);
    for attribute in node.attrs() {
        let name = &*attribute.name.local;
        if !ATTRIBUTES.contains(&name) {
            node.remove_attr(name);
        }
    }
    if hidden {
        node.set_attr("hidden", "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><title>大雨过后_小城网</title><meta name=author content='王某某 &amp; 李某'>\
        <script type='application/ld+json'>{\"datePublished\": \"2024-05-06T10:30:00+08:00\"}</script><style>p{}</style></head>\
        <body onload='x()'><!-- x --><div class='nav'><a href='/'>首页</a></div><h1 style='color:red'>大雨过后</h1>\
        <div id='content'><p style='display: none'>看不见的一行，谁也看不见。</p>\
        <p>昨天夜里，一场大雨让城里的许多<img src='data:x'>街道变成了小河，公交车不得不在半路停下来。</p>\
        <p>住在老街的王奶奶说，她七十年没有见过这样的雨，邻居们连夜用沙袋把门堵上。</p></div></body></html>";

    #[test]
    fn a_slim_page_reads_like_the_whole_one() {
        let slim = slim(PAGE).expect("a page");
        assert!(slim.len() < PAGE.len() && !slim.contains("onload") && !slim.contains("data:"), "{slim}");
        let article = super::super::clean(&slim).expect("a page");
        assert_eq!(article, super::super::clean(PAGE).expect("a page"));
        assert_eq!(article.title.as_ref().map(|title| title.text.as_str()), Some("大雨过后"));
        assert_eq!(article.about.author.as_deref(), Some("王某某、李某"));
        assert_eq!(
            article.about.published.map(|at| at.to_string()).as_deref(),
            Some("2024-05-06T10:30+08:00")
        );
        assert_eq!(article.paragraphs.len(), 2);
        assert_eq!(super::slim(&slim).as_deref(), Some(slim.as_str()));
    }
}
