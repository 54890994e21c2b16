//! A file of XML as a tree: what an EPUB says of itself, and the text of a Word document.
//!
//! By quick-xml, which knows no more entities than the five of XML, so that none can grow: what a file's own DTD
//! declares stays a name. *Law*: the tree is no deeper than [`DEEPEST`], and names are without their prefixes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::{decode, unescaped};

/// Elements stand no deeper in each other in any file that a program writes.
const DEEPEST: usize = 200;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, without the prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Its children, in order.
    pub nodes: Vec<Node>,
}

/// A child of an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// All elements of this name below it, in the order of the file.
    pub fn all<'e>(&'e self, name: &str) -> Vec<&'e Self> {
        let mut found = Vec::new();
        self.gather(name, &mut found);
        found
    }

    fn gather<'e>(&'e self, name: &str, found: &mut Vec<&'e Self>) {
        for child in self.children() {
            if child.name == name {
                found.push(child);
            }
            child.gather(name, found);
        }
    }

    /// All text below it, one blank where several stood.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn write(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Element(element) => element.write(text),
                Node::Text(own) => text.push_str(own),
            }
        }
    }
}

/// The outermost element of a file; why it is none, otherwise.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, String> {
    let text = decode(bytes, None).map_err(|_| "it is no text".to_owned())?.text;
    let mut reader = Reader::from_str(&text);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(tag) if open.len() > DEEPEST => {
                return Err(format!(
                    "its elements stand deeper in each other than {DEEPEST}: {}",
                    tag.name().0
                ));
            }
            Event::Start(tag) => open.push(element(&tag)),
            Event::Empty(tag) => put(&mut open, Node::Element(element(&tag))),
            Event::End(_) => {
                let closed = if open.len() > 1 { open.pop() } else { None };
                put(&mut open, Node::Element(closed.ok_or("an element ends that never began")?));
            }
            Event::Text(text) => put(&mut open, Node::Text(text.into_inner().into_owned())),
            Event::CData(text) => put(&mut open, Node::Text(text.into_inner().into_owned())),
            Event::GeneralRef(name) => {
                let name = format!("&{};", &*name.into_inner());
                put(&mut open, Node::Text(unescaped(&name).into_owned()));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let [outside] = <[Element; 1]>::try_from(open).map_err(|_| "it ends in the middle of an element")?;
    outside
        .nodes
        .into_iter()
        .find_map(|node| if let Node::Element(root) = node { Some(root) } else { None })
        .ok_or_else(|| "there is no element in it".to_owned())
}

fn put(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.nodes.push(node);
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let mut attributes = tag.attributes();
    let attributes = attributes
        .with_checks(false)
        .flatten()
        .map(|attribute| (local(attribute.key.0).to_owned(), unescaped(&attribute.value).into_owned()));
    Element { name: local(tag.name().0).to_owned(), attributes: attributes.collect(), nodes: Vec::new() }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_has_names_without_prefixes_and_text_without_entities() {
        let root = parse("<?xml version='1.0'?><w:p x:a='1 &amp; 2'><b>雨&amp;<c/>停</b>了</w:p>".as_bytes())
            .expect("XML");
        assert_eq!((root.name.as_str(), root.attribute("a")), ("p", Some("1 & 2")));
        assert_eq!(root.text(), "雨&停了");
        assert_eq!(root.all("c").len(), 1);
    }

    #[test]
    fn entities_never_grow_and_depth_has_an_end() {
        let bomb = "<!DOCTYPE a [<!ENTITY x '雨雨雨'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>";
        assert!(parse(bomb.as_bytes()).is_ok_and(|root| root.text() == "&y;"));
        let deep = "<a>".repeat(10_000) + &"</a>".repeat(10_000);
        assert!(parse(deep.as_bytes()).is_err());
        for broken in ["", "雨", "<a>", "<a></b>", "</a>", "<a", "<a><![CDATA[</a>"] {
            assert!(parse(broken.as_bytes()).is_err(), "{broken}");
        }
    }
}
