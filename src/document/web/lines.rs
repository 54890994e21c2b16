//! The lines of a page, as a person sees them: where blocks and `<br>` break them, with ruby as `银行(yín háng)`.
//!
//! By ourselves, since the plain text of the crates glues lines that `<br>` parts, and loses which hanzi a `<rt>` is of.

use std::collections::HashMap;
use std::ops::Range;

use dom_query::{NodeId, NodeRef};

use super::parts::{self, Part};

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub text: String,
    /// How many of its characters are in links, blanks aside.
    pub linked: usize,
    /// How many it has, blanks aside.
    pub length: usize,
    pub form: Form,
    /// Whether its part of the page is named after a headline.
    pub titled: bool,
    /// The parts of the page round it that are no article by their names, from the outside.
    pub parts: Vec<(NodeId, Part)>,
}

impl Line {
    /// Whether most of it is links.
    pub fn is_linked(&self) -> bool {
        self.linked * 2 > self.length
    }
}

impl Line {
    /// Whether it is a sentence or more, and no link.
    pub fn is_prose(&self) -> bool {
        self.length >= 10 && !self.is_linked() && self.text.contains(['。', '！', '？', '；', '，'])
    }
}

/// The kinds of line that a page's own tags make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `h1` to `h6`, by their number.
    Heading(u8),
    Caption,
    Plain,
}

/// The lines below `root`.
pub(super) fn of(root: NodeRef<'_>) -> Lines {
    let mut walk = Walk {
        lines: Vec::new(),
        line: Open::new(),
        links: 0,
        form: Form::Plain,
        titled: false,
        parts: Vec::new(),
        spans: HashMap::new(),
    };
    walk.children(&root);
    walk.end();
    Lines { lines: walk.lines, spans: walk.spans }
}

/// The lines of a page, and which of them each of its blocks holds.
pub(super) struct Lines {
    pub lines: Vec<Line>,
    pub spans: HashMap<NodeId, Range<usize>>,
}

struct Walk {
    lines: Vec<Line>,
    spans: HashMap<NodeId, Range<usize>>,
    line: Open,
    /// How many links are open.
    links: usize,
    form: Form,
    titled: bool,
    parts: Vec<(NodeId, Part)>,
}

/// The line that is being written.
struct Open {
    text: String,
    linked: usize,
    length: usize,
    /// A blank is owed before the next character, and whether a line break of the source was in it.
    blank: Option<bool>,
}

impl Open {
    fn new() -> Self {
        Self { text: String::new(), linked: 0, length: 0, blank: None }
    }
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn node(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            node.query(|node| {
                if let dom_query::NodeData::Text { contents } = &node.data {
                    self.text(contents);
                }
            });
            return;
        }
        let Some(name) = node.node_name() else { return };
        match &*name {
            "br" => self.end(),
            "ruby" => self.ruby(node),
            "rt" | "rp" | "rtc" => {}
            "sup" if is_reference(&node.text()) => {}
            "a" => {
                self.links += 1;
                self.element(node, &name);
                self.links -= 1;
            }
            _ => self.element(node, &name),
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str) {
        let (form, titled) = (self.form, self.titled);
        self.titled |= parts::is_title(node, name);
        if let Some(level) =
            name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|l| (1..=6).contains(l))
        {
            self.form = Form::Heading(level);
        } else if matches!(name, "figcaption" | "caption") {
            self.form = Form::Caption;
        }
        let depth = self.parts.len();
        let is_block = is_block(name) && !(matches!(name, "td" | "th") && is_of_data(node));
        let from = self.lines.len() + usize::from(self.line.length > 0);
        if is_block {
            self.end();
        } else if matches!(name, "td" | "th") {
            self.line.blank.get_or_insert(false);
        }
        self.parts.extend(parts::of(node, name).map(|part| (node.id, part)));
        self.children(node);
        if is_block {
            self.end();
        }
        // Of an element that stands in lines, those that are whole in it: sites put blocks into a `span`.
        if self.lines.len() > from {
            self.spans.insert(node.id, from..self.lines.len());
        }
        self.parts.truncate(depth);
        (self.form, self.titled) = (form, titled);
    }

    /// Hanzi with what stands over them in brackets behind, as articles without ruby have it.
    fn ruby(&mut self, ruby: &NodeRef<'_>) {
        let mut over: Vec<String> = Vec::new();
        for child in ruby.children_it(false) {
            match child.node_name().as_deref() {
                Some("rt") => over.push(child.text().trim().to_owned()),
                Some("rtc") => {
                    let inner: Vec<String> = child
                        .children_it(false)
                        .filter(|c| c.is_element())
                        .map(|c| c.text().trim().to_owned())
                        .collect();
                    if inner.is_empty() {
                        over.push(child.text().trim().to_owned())
                    } else {
                        over.extend(inner)
                    }
                }
                Some("rp") => {}
                None if child.is_text() && child.text().trim().is_empty() => {}
                _ => {
                    self.over(&mut over);
                    self.node(&child);
                }
            }
        }
        self.over(&mut over);
    }

    fn over(&mut self, over: &mut Vec<String>) {
        let joined = over.drain(..).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        if !joined.is_empty() {
            self.line.blank = None;
            self.text(&format!("({joined})"));
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{3000}' {
                let broke = matches!(c, '\n' | '\r');
                self.line.blank = Some(self.line.blank.unwrap_or(false) | broke);
                continue;
            }
            if let Some(broke) = self.line.blank.take() {
                let before = self.line.text.chars().next_back();
                // A line break of the source between two hanzi is no blank of the text.
                let glued = broke && before.is_some_and(is_wide) && is_wide(c);
                if before.is_some() && !glued {
                    self.line.text.push(' ');
                }
            }
            self.line.text.push(c);
            if c != '\u{3000}' {
                self.line.length += 1;
                self.line.linked += usize::from(self.links > 0);
            }
        }
    }

    fn end(&mut self) {
        let line = std::mem::replace(&mut self.line, Open::new());
        if line.length > 0 {
            let Open { text, linked, length, .. } = line;
            self.lines.push(Line {
                text,
                linked,
                length,
                form: self.form,
                titled: self.titled,
                parts: self.parts.clone(),
            });
        }
    }
}

/// Whether raised text is the number of a source, as encyclopedias have it: `[3]`, `[2-4]`.
fn is_reference(text: &str) -> bool {
    let inner = text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.is_some_and(|inner| {
        !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ',' | ' '))
    })
}

fn is_wide(c: char) -> bool {
    crate::hanzi::is_hanzi(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”')
}

/// Whether a cell is one of a table of facts, whose rows are lines: no cell of the row has a block or a break in it.
fn is_of_data(cell: &NodeRef<'_>) -> bool {
    let Some(row) = cell.parent() else { return false };
    let mut cells = 0;
    let mut length = 0;
    for cell in row.children_it(false).filter(NodeRef::is_element) {
        cells += 1;
        for inner in cell.descendants_it() {
            if inner.node_name().is_some_and(|name| name.as_ref() == "br" || is_block(&name)) {
                return false;
            }
            if inner.is_text() {
                length += inner.query_or(0, |node| match &node.data {
                    dom_query::NodeData::Text { contents } => contents.len(),
                    _ => 0,
                });
            }
        }
    }
    cells > 1 && length < 600
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
