//! Raw text becomes an article: what is not article is cut, and every cut is kept with its reason.
//!
//! Why before everything else: a body that is printed twice would count every word twice, and a comment box
//! would put 发表 and 评论 on cards.
//!
//! The order: [`page`] gives the lines that a person sees, [`wrapped`] joins what was wrapped at a column,
//! [`noise`] clears the head, [`title`] finds the headline and its repeats, [`repeats`] cuts second prints, and
//! [`noise`] with [`comments`] clears what is below the article.
//!
//! **Invariant**: nothing vanishes silently. Every line of the raw text is in a paragraph, in a `Cut`, or blank;
//! only what nobody sees (zero-width characters, blanks at the ends) is dropped.

mod about;
mod byline;
mod comments;
mod furniture;
mod is_page;
mod nesting;
mod noise;
mod origin;
mod page;
mod paste;
mod phrases;
mod repeats;
mod same;
mod sentences;
mod sketch;
mod title;
mod tools;
mod turned;
mod web;
mod wording;
mod wrapped;

/// The lists of `data/phrases.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/document-lists.rs"));
}

/// The lists of `data/page.txt`.
mod parts {
    include!(concat!(env!("OUT_DIR"), "/pages-lists.rs"));
}

use crate::named::named;
use page::Piece;

pub use about::{About, Moment};
pub use origin::{Location, Origin};
pub use sentences::sentences;
pub use sketch::{is_copy, sketch};
pub use turned::{goes_on, pages};
pub use web::{next_page, number};
pub use wording::{Likeness, likeness};

/// An article as a careful reader would copy it: its pinyin is still in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The headline, where there is one.
    pub title: Option<Paragraph>,
    /// The body, sub-headings included, in order.
    pub paragraphs: Vec<Paragraph>,
    /// The stretches that were cut, in the order of the raw text.
    pub cuts: Vec<Cut>,
    /// Facts about it that stand beside its text.
    pub about: About,
}

/// One paragraph, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text, without a line break in it.
    pub text: String,
    /// The line of the raw text that it came from, from 1.
    pub line: u32,
}

/// A stretch of the raw text that is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// First line, from 1.
    pub first_line: u32,
    /// Last line.
    pub last_line: u32,
    /// The text that stood there.
    pub text: String,
    /// Why it was removed.
    pub why: Why,
}

named! {
    /// Why a stretch was cut.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Why {
        /// The headline once more, alone or glued to what follows.
        RepeatedTitle = "repeated-title",
        /// A line or a body that stood before.
        Repeated = "repeated",
        /// The site's own text round an article: related links, share buttons, a byline's machinery.
        Noise = "noise",
        /// The comment box and what is under it.
        Comments = "comments",
        /// Parts of the page outside the article: menus, links, other articles.
        Elsewhere = "elsewhere",
    }
    else "is no reason"
}

impl Document {
    /// The article's text: headline and paragraphs, a line each.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.title.iter().chain(&self.paragraphs).map(|p| p.text.as_str()).collect();
        lines.join("\n")
    }

    /// The line of the raw text that line `index` (from 0) of [`text`](Self::text) came from.
    #[must_use]
    pub fn raw_line(&self, index: usize) -> Option<u32> {
        self.title.iter().chain(&self.paragraphs).nth(index).map(|p| p.line)
    }
}

/// The article in a raw text, which may be a [`page`].
#[must_use]
pub fn clean(raw: &str) -> Document {
    if is_page::is_whole(raw)
        && let Some(article) = web::all(raw)
    {
        return article;
    }
    if let Some(article) = turned::clean(raw) {
        return article;
    }
    if is_page::is_page(raw)
        && let Some(article) = web::clean(raw)
    {
        return article;
    }
    of_text(wrapped::rejoin(page::pieces(raw)))
}

/// Whether a raw text is a [`page`] (or a [`leaf`]), and no plain text.
#[must_use]
pub fn is_page(raw: &str) -> bool {
    is_page::is_page(raw)
}

/// A page of HTML as a raw text: what libraries keep of it, and [`clean`] reads. `None` where its tags are nested deeper
/// than any page's are.
#[must_use]
pub fn page(html: &str) -> Option<String> {
    web::slim(html)
}

/// The same of HTML that has no page round its article: a chapter of a book, a document. [`clean`] cuts nothing of it.
#[must_use]
pub fn leaf(html: &str) -> Option<String> {
    web::leaf(html)
}

/// The article in the lines of a text.
fn of_text(whole: Vec<Piece>) -> Document {
    let mut pieces = whole.clone();
    let headline = paste::cut(&mut pieces);
    noise::cut_head(&mut pieces);
    let title = match headline {
        Some(title) => Some(title::known(&mut pieces, title)),
        None => title::find(&mut pieces),
    };
    repeats::cut(&mut pieces);
    if let Some(title) = title {
        title::cut_before_copies(&mut pieces, title);
    }
    noise::cut_tail(&mut pieces, title);
    let body_left =
        pieces.iter().enumerate().any(|(i, p)| p.kept() && Some(i) != title && hanzi(&p.text) > 0);
    // A text of nothing but noise is no page with an article in it, and is taken as it stands.
    let mut article = if body_left { document(pieces, title) } else { document(whole, None) };
    article.about = about(&article);
    article
}

/// Facts from the lines that were cut above and below an article.
fn about(article: &Document) -> About {
    let first = article.paragraphs.first().map_or(0, |paragraph| paragraph.line);
    let last = article.paragraphs.last().map_or(0, |paragraph| paragraph.line);
    let title = article.title.as_ref().map_or(0, |title| title.line);
    let cut = |from: u32, to: u32| {
        let cuts = article.cuts.iter().filter(move |cut| cut.last_line >= from && cut.first_line <= to);
        cuts.filter(|cut| cut.why != Why::Comments).flat_map(|cut| cut.text.lines())
    };
    About::of_lines(cut(title, first), cut(last, u32::MAX)).tidy()
}

/// The article of a page whose lines were chosen, with its headline, which may stand in no line.
fn of_page(mut inside: Vec<Piece>, outside: Vec<Piece>, title: Option<Piece>) -> Document {
    noise::cut_head(&mut inside);
    repeats::cut(&mut inside);
    noise::cut_tail(&mut inside, None);
    let wanted = title.as_ref().map(|title| same::key(&title.text));
    for piece in inside.iter_mut().take(3).filter(|piece| piece.kept()) {
        if Some(same::key(&piece.text)) == wanted {
            piece.cut = Some(Why::RepeatedTitle);
        }
    }
    inside.extend(outside);
    inside.sort_by_key(|piece| piece.first_line);
    // The line that the headline is taken from is not cut.
    let line = title.as_ref().map(|title| title.first_line);
    inside.retain(|piece| Some(piece.first_line) != line || Some(same::key(&piece.text)) != wanted);
    let mut article = document(inside, None);
    article.title = title.map(|title| Paragraph { text: title.text, line: title.first_line });
    article
}

fn document(pieces: Vec<Piece>, title: Option<usize>) -> Document {
    let mut document = Document::default();
    // Cuts that touch are one, but each print of a headline is one by itself.
    let mut may_grow = false;
    for (index, piece) in pieces.into_iter().enumerate() {
        let Some(why) = piece.cut else {
            let paragraph = Paragraph { text: piece.text, line: piece.first_line };
            if Some(index) == title {
                document.title = Some(paragraph);
            } else {
                document.paragraphs.push(paragraph);
            }
            may_grow = false;
            continue;
        };
        match document.cuts.last_mut() {
            Some(last) if may_grow && last.why == why && why != Why::RepeatedTitle => {
                last.text.push('\n');
                last.text.push_str(&piece.text);
                last.last_line = piece.last_line;
            }
            _ => {
                let (first_line, last_line) = (piece.first_line, piece.last_line);
                document.cuts.push(Cut { first_line, last_line, text: piece.text, why });
            }
        }
        may_grow = true;
    }
    document
}

fn hanzi(text: &str) -> usize {
    crate::hanzi::count(text)
}
