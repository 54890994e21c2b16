//! A Word document as a page: paragraphs, headings, tables' cells, ruby as `银行(yínháng)`.
//!
//! Out of `word/document.xml` (ECMA-376, part 1, 17). What was struck out by a reviewer, or is hidden, is no text.

use super::Fault;
use super::archive::Archive;
use super::leaf::{Head, escaped, page};
use super::xml::{self, Element, Node};

/// The page of a document.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<String, Fault> {
    let form = archive.form;
    let document = archive.named("word/document.xml")?;
    let document = xml::parse(&document).map_err(|why| Fault::Damaged(form, why))?;
    let styles = archive.named("word/styles.xml").ok().and_then(|bytes| xml::parse(&bytes).ok());
    let mut paper = Paper { styles: styles.as_ref().map(headings).unwrap_or_default(), html: String::new() };
    paper.blocks(&document);
    Ok(page(&Head::default(), &paper.html))
}

/// The styles of headings, with the tag that they are.
fn headings(styles: &Element) -> Vec<(String, String)> {
    let of = |style: &&Element| {
        let name = style.child("name")?.attribute("val")?.to_ascii_lowercase();
        Some((style.attribute("styleId")?.to_owned(), heading(&name)?))
    };
    styles.children().filter(|child| child.name == "style").filter_map(|style| of(&style)).collect()
}

/// The tag of a style: `title` and `heading 1` are `h1`.
fn heading(name: &str) -> Option<String> {
    if name == "title" {
        return Some("h1".to_owned());
    }
    let level: u8 = name.strip_prefix("heading")?.trim().parse().ok()?;
    Some(format!("h{}", level.clamp(1, 6)))
}

struct Paper {
    styles: Vec<(String, String)>,
    html: String,
}

impl Paper {
    /// Writes the paragraphs below an element.
    fn blocks(&mut self, element: &Element) {
        for child in element.children() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                // The same once more, for older programs.
                "Fallback" | "del" | "moveFrom" => {}
                _ => self.blocks(child),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let style = paragraph
            .child("pPr")
            .and_then(|style| style.child("pStyle"))
            .and_then(|style| style.attribute("val"));
        let known = style.and_then(|style| self.styles.iter().find(|(id, _)| id == style));
        let tag = known.map(|(_, tag)| tag.clone()).or_else(|| heading(&style?.to_ascii_lowercase()));
        let tag = tag.as_deref().unwrap_or("p");
        let mut text = String::new();
        // Boxes stand in a paragraph and have paragraphs.
        let mut boxes = Vec::new();
        runs(paragraph, &mut text, &mut boxes);
        if !text.trim().is_empty() {
            self.html.push_str(&format!("<{tag}>{text}</{tag}>\n"));
        }
        for one in boxes {
            self.blocks(one);
        }
    }
}

/// Writes what is said in a paragraph.
fn runs<'e>(element: &'e Element, html: &mut String, boxes: &mut Vec<&'e Element>) {
    for child in element.children() {
        match child.name.as_str() {
            "t" => html.push_str(&escaped(&said(child))),
            "tab" | "ptab" => html.push(' '),
            "br" | "cr" => html.push_str("<br>"),
            "noBreakHyphen" => html.push('-'),
            "ruby" => ruby(child, html),
            "txbxContent" => boxes.push(child),
            "r" if is_hidden(child) => {}
            "pPr" | "rPr" | "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "sdtPr" => {}
            _ => runs(child, html, boxes),
        }
    }
}

fn ruby(ruby: &Element, html: &mut String) {
    let part = |name: &str| {
        let mut text = String::new();
        if let Some(part) = ruby.child(name) {
            runs(part, &mut text, &mut Vec::new());
        }
        text
    };
    html.push_str(&part("rubyBase"));
    let over = part("rt");
    if !over.trim().is_empty() {
        html.push_str(&format!("({})", over.trim()));
    }
}

fn is_hidden(run: &Element) -> bool {
    let mark = run.child("rPr").and_then(|style| style.child("vanish"));
    mark.is_some_and(|mark| !matches!(mark.attribute("val"), Some("0" | "false")))
}

/// The text of an element as it stands.
fn said(element: &Element) -> String {
    let text = |node: &Node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(_) => String::new(),
    };
    element.nodes.iter().map(text).collect()
}
