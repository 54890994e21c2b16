//! HTML becomes flat text: tags go, references become characters, a block begins a new line, ruby stands apart.
//!
//! It is read as browsers read it, by the tokenizer of `html5ever` (the standard: WHATWG HTML, 13.2.5): a `>` inside an
//! attribute ends no tag, and what stands in a style is no text. No tree is built, so nothing nests too deeply.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::tag;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements in which nothing is a tag but their own end, each with how that is read.
const RAW: &[(&str, RawKind)] = &[
    ("script", RawKind::ScriptData),
    ("style", RawKind::Rawtext),
    ("textarea", RawKind::Rcdata),
    ("title", RawKind::Rcdata),
];

/// The text of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat {
    /// The text; a block begins a new line, and ends one.
    pub text: String,
    /// The ruby over it, with a blank after each annotation.
    pub over: String,
}

/// The text of `html`, a document or a part of one. The work grows as the text does, whatever stands in it.
#[must_use]
pub fn flat(html: &str) -> Flat {
    if !html.contains(['<', '&']) {
        return Flat { text: html.to_owned(), over: String::new() };
    }
    let tokenizer = Tokenizer::new(Flattener::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    let feed = |piece: &str| {
        queue.push_back(StrTendril::from_slice(piece));
        let _ = tokenizer.feed(&queue);
    };
    let mut rest = html;
    while !rest.is_empty() {
        if tokenizer.sink.expects_tag(rest) {
            // The tokenizer compares each attribute with all before it, and nobody asks for any.
            let Some((name, after)) = tag::parted(rest) else { break };
            feed(name);
            feed(">");
            rest = after;
            continue;
        }
        tokenizer.sink.expect_declaration(rest);
        let first = usize::from(rest.starts_with('<'));
        let end = rest[first..].find('<').map_or(rest.len(), |next| next + first);
        feed(&rest[..end]);
        rest = &rest[end..];
    }
    tokenizer.end();
    let Flattener { text, over, .. } = tokenizer.sink;
    Flat { text: text.into_inner(), over: over.into_inner() }
}

/// Takes the text out of what the tokenizer finds.
#[derive(Debug, Default)]
struct Flattener {
    text: RefCell<String>,
    over: RefCell<String>,
    place: Cell<Place>,
    /// The element in which nothing is a tag.
    raw: Cell<Option<&'static str>>,
    /// Whether a comment or a declaration has begun that has not ended.
    declares: Cell<bool>,
}

/// Where text goes that stands here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// To the text.
    #[default]
    Line,
    /// To the ruby over the text.
    Over,
    /// Nowhere: brackets for browsers that know no ruby.
    Bracket,
}

impl Flattener {
    /// Whether a tag begins here, rather than text or a comment.
    fn expects_tag(&self, rest: &str) -> bool {
        if self.declares.get() || !rest.starts_with('<') {
            return false;
        }
        match self.raw.get() {
            None => tag::begins(rest),
            Some(name) => tag::ends(rest, name),
        }
    }

    /// Notes whether a comment or a declaration begins here.
    fn expect_declaration(&self, rest: &str) {
        let begins = ["<!", "<?", "</"].iter().any(|sign| rest.starts_with(sign));
        if self.raw.get().is_none() && begins && !rest.starts_with("</>") {
            self.declares.set(true);
        }
    }

    fn enter(&self, place: Place) {
        if self.place.replace(place) == Place::Over {
            self.over.borrow_mut().push(' ');
        }
    }

    fn begin(&self, name: &str) -> TokenSinkResult<()> {
        match name {
            "rt" | "rtc" => self.enter(Place::Over),
            "rp" => self.enter(Place::Bracket),
            "rb" | "ruby" => self.enter(Place::Line),
            _ => {
                if let Some((name, kind)) = RAW.iter().find(|(raw, _)| *raw == name) {
                    self.raw.set(Some(name));
                    return TokenSinkResult::RawData(*kind);
                }
                self.block(name);
            }
        }
        TokenSinkResult::Continue
    }

    fn end(&self, name: &str) {
        match name {
            "rt" | "rtc" | "rp" | "rb" | "ruby" => self.enter(Place::Line),
            _ if self.raw.get() == Some(name) => self.raw.set(None),
            _ => self.block(name),
        }
    }

    fn block(&self, name: &str) {
        if BLOCKS.contains(&name) {
            self.text.borrow_mut().push('\n');
        }
    }
}

impl TokenSink for Flattener {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.begin(&tag.name),
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(_) if matches!(self.raw.get(), Some("script" | "style")) => {}
            Token::CharacterTokens(characters) => match self.place.get() {
                Place::Line => self.text.borrow_mut().push_str(&characters),
                Place::Over => self.over.borrow_mut().push_str(&characters),
                Place::Bracket => {}
            },
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.declares.set(false),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_go_and_references_are_characters() {
        for (html, text) in [
            ("公司", "公司"),
            ("<b>公</b><i>司</i>", "公司"),
            ("R&amp;D &lt;b&gt; 1 < 2 &hellip; AT&T", "R&D <b> 1 < 2 … AT&T"),
            ("<b title=\"a > b\">公</b><img alt='>' src=x>司", "公司"),
            ("<b title=a>公</b x=\">\">司", "公司"),
            ("<a href=\"x?a=1&b=<2>\">公</a>司", "公司"),
            ("<img src=\"a\"alt=\">\"/>公<br/>司", "公\n司"),
            ("<!-- <b x=\"--> 公 <!doctype html><?xml version=\"1.0\"?>司", " 公 司"),
            (
                "<style>b > i { content: '<b title=\"' }</style>公<script>if (a<b) x(\"</b>\")</script>司",
                "公司",
            ),
            ("<STYLE>x</Style >公司", "公司"),
            ("<title>a <b> &amp; c</title>公司", "a <b> & c公司"),
            ("公</>司</ x>了<", "公司了<"),
            ("公司<b title=\"", "公司"),
            ("公司<!-- x", "公司"),
            ("公\0司<b\0>", "公司"),
        ] {
            assert_eq!(flat(html).text, text, "{html}");
        }
    }

    #[test]
    fn blocks_are_lines() {
        assert_eq!(flat("<div>公<div>司</div></div>").text, "\n公\n司\n\n");
        assert_eq!(flat("<table><tr><td>公<td>司</table>").text, "\n\n\n公\n司\n");
    }

    #[test]
    fn ruby_stands_apart_in_every_spelling() {
        for html in [
            "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>",
            "<ruby>汉<rt>hàn<rb>字<rt>zì</ruby>",
            "<ruby>汉<rp>(<rt>hàn<rp>)</rp>字<rt>zì</ruby>",
            "<ruby><rb>汉</rb><rb>字</rb><rt>hàn</rt><rt>zì</rt></ruby>",
            "<ruby><rb>汉<rb>字<rtc><rt>hàn</rt><rt>zì</rt></rtc></ruby>",
        ] {
            let flat = flat(html);
            let over: Vec<&str> = flat.over.split_whitespace().collect();
            assert_eq!((flat.text.as_str(), over), ("汉字", vec!["hàn", "zì"]), "{html}");
        }
    }

    #[test]
    fn whatever_is_never_closed_costs_what_a_text_costs() {
        for opening in [
            "<a",
            "<a ",
            "<a b",
            "<a b=\"",
            "</",
            "</a",
            "<",
            "<!",
            "<!--",
            "<!--<a b",
            "<?",
            "&",
            "&amp",
            "&#",
            "<rt>",
            "<ruby>",
            "<div>",
            "</div>",
            "<style>",
            "<style><a b",
            "<script><!--",
            "<title>",
            "<b></b",
            "<![CDATA[",
        ] {
            let html = format!("公司{}", opening.repeat(500_000 / opening.len()));
            assert!(flat(&html).text.starts_with("公司"), "{opening}");
        }
        // Nobody writes so many, but a trap does, and each is another one.
        let attributes: String = (0..150_000).map(|n| format!(" a{n}")).collect();
        assert_eq!(flat(&format!("公<b{attributes}>司</b{attributes}>。")).text, "公司。");
    }

    proptest! {
        /// Passing over the attributes changes nothing of what the tokenizer finds.
        #[test]
        fn attributes_are_passed_over_as_the_standard_reads_them(
            html in "(<|>|/|=|\"|'| |!|-|--|\\?|a|b|<b|<a |</|</b|<!--|-->|<style>|</style|<title|&amp;|&|公|\n){0,30}"
        ) {
            let tokenizer = Tokenizer::new(Flattener::default(), TokenizerOpts::default());
            let queue = BufferQueue::default();
            queue.push_back(StrTendril::from_slice(&html));
            let _ = tokenizer.feed(&queue);
            tokenizer.end();
            prop_assert_eq!(flat(&html).text, tokenizer.sink.text.into_inner());
        }
    }
}
