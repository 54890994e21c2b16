//! Parts of a page, known by their names: `class` and `id` of Chinese sites (`data/page.txt`).

use dom_query::NodeRef;

use crate::document::parts as names;

/// A part of a page, known by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Menus, other articles, buttons, advertisements.
    Aside,
    /// The comments of readers.
    Comments,
    /// Not shown.
    Hidden,
}

/// The part that an element is by its tag and its names, where that is no article.
pub(super) fn of(node: &NodeRef<'_>, tag: &str) -> Option<Part> {
    if super::dom::is_hidden(node) {
        return Some(Part::Hidden);
    }
    if matches!(tag, "nav" | "footer" | "aside" | "menu") {
        return Some(Part::Aside);
    }
    // Only parts have parts: an inline element in a sentence is named after its looks.
    if !matches!(
        tag,
        "div"
            | "section"
            | "ul"
            | "ol"
            | "dl"
            | "li"
            | "table"
            | "td"
            | "tr"
            | "p"
            | "h2"
            | "h3"
            | "h4"
            | "article"
            | "header"
    ) {
        return None;
    }
    let mut part = None;
    for name in [node.class(), node.id_attr()]
        .into_iter()
        .flatten()
        .flat_map(|names| names.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    {
        let lower = name.to_ascii_lowercase();
        if names::COMMENT_STEMS.iter().any(|stem| lower.contains(stem)) {
            return Some(Part::Comments);
        }
        if names::PART_STEMS.iter().any(|stem| lower.contains(stem))
            || words(&name).any(|word| names::PART_WORDS.contains(word.as_str()))
        {
            part = Some(Part::Aside);
        }
    }
    part
}

/// Whether an element is named after a headline.
pub(super) fn is_title(node: &NodeRef<'_>, tag: &str) -> bool {
    matches!(
        tag,
        "div" | "p" | "span" | "td" | "strong" | "b" | "font" | "header" | "section" | "h4" | "center"
    ) && [node.class(), node.id_attr()].into_iter().flatten().any(|names| {
        let names = names.to_ascii_lowercase();
        names.contains("title")
            || names.contains("headline")
            || names.split_whitespace().any(|name| matches!(name, "bt" | "biaoti" | "tit" | "title1"))
    })
}

/// The words of a name, in lower case and without their numbers: `hotNews_2` is hot and news.
pub(super) fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut lower_before = false;
    for c in name.chars() {
        if !c.is_ascii_alphabetic() {
            words.push(String::new());
            lower_before = false;
            continue;
        }
        if c.is_ascii_uppercase() && lower_before {
            words.push(String::new());
        }
        lower_before = c.is_ascii_lowercase();
        if let Some(word) = words.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.into_iter().filter(|word| !word.is_empty())
}
