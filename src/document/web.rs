//! A page of HTML becomes an article.

mod body;
mod dom;
mod head;
mod lines;
mod next;
mod parts;
mod posts;
mod slim;

use head::Fields;
use lines::{Form, Line};
pub use next::{next_page, number};
use parts::Part;
pub(super) use slim::{leaf, slim};

use super::Document;
use super::page::{self, Piece};
use super::{Paragraph, same, title};

/// The article of a page; `None` where its tags are nested too deep to be read.
pub(super) fn clean(html: &str) -> Option<Document> {
    clean_of(html, None).map(|(article, _)| article)
}

/// The same of a page of a thread that `poster` began, if one did; and who began that which is on it.
pub(super) fn clean_of(html: &str, poster: Option<&str>) -> Option<(Document, Option<String>)> {
    let document = dom::parse(html)?;
    let fields = Fields::of(&document);
    dom::strip(&document);
    let all = lines::of(document.root());
    let lines = &all.lines;
    let mut chosen = body::choose(&document, &all);
    let poster = posts::choose(&document, &all, poster, &mut chosen);
    let first = chosen.iter().position(Option::is_none).unwrap_or(lines.len());
    let headline = fields.headline(lines, first);
    let title = headline.as_ref().and_then(|(_, line)| *line);
    body::without_head(lines, title, &mut chosen);
    let within: Vec<bool> = chosen.iter().map(Option::is_none).collect();
    let mut about = fields.about(lines, title, &within);
    about.author = poster.clone().or(about.author);
    let about = about.tidy();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for ((number, line), why) in (1..).zip(lines).zip(chosen) {
        let Some(mut piece) = page::piece(&line.text, number) else { continue };
        piece.cut = why;
        if why.is_none() { inside.push(piece) } else { outside.push(piece) }
    }
    let title = headline.and_then(|(text, line)| {
        page::piece(&text, line.map_or(0, |at| u32::try_from(at + 1).unwrap_or_default()))
    });
    let mut article = super::of_page(inside, outside, title);
    article.about = about;
    Some((article, poster))
}

/// A page all of whose text is article, with its headline; `None` where its tags are nested too deep to be read.
pub(super) fn all(html: &str) -> Option<Document> {
    let document = dom::parse(html)?;
    let fields = Fields::of(&document);
    dom::strip(&document);
    let lines = lines::of(document.root()).lines;
    let shown: Vec<(Piece, &Line)> = (1..)
        .zip(&lines)
        .filter(|(_, line)| !line.parts.iter().any(|(_, part)| *part == Part::Hidden))
        .filter_map(|(number, line)| Some((page::piece(&line.text, number)?, line)))
        .collect();
    let about = fields.declared().tidy();
    let heading = || {
        let (piece, line) = shown.first()?;
        matches!(line.form, Form::Heading(1..=3)).then(|| piece.text.clone())
    };
    let named = fields.title().map(str::to_owned).or_else(heading);
    let taken = named.as_deref().map_or(0, |name| headed(&shown, name));
    let mut pieces: Vec<Piece> = shown.into_iter().map(|(piece, _)| piece).collect();
    let Some(name) = named.and_then(|name| page::piece(&name, 0)) else {
        let title = title::find(&mut pieces);
        return Some(Document { about, ..super::document(pieces, title) });
    };
    let line = pieces.first().filter(|_| taken > 0).map_or(0, |piece| piece.first_line);
    pieces.drain(..taken);
    let title = Some(Paragraph { text: name.text, line });
    Some(Document { title, about, ..super::document(pieces, None) })
}

/// How many of the first lines are the headline `name`, or a heading that is a part of it.
fn headed(shown: &[(Piece, &Line)], name: &str) -> usize {
    let wanted = same::key(name);
    let mut together = String::new();
    let (mut all, mut parts) = (0, 0);
    for (count, (piece, line)) in (1..).zip(shown.iter().take(4)) {
        let own = same::key(&piece.text);
        together.push_str(&own);
        if together == wanted || own == wanted && parts + 1 == count {
            all = count;
        }
        let is_heading = matches!(line.form, Form::Heading(_)) || line.titled;
        if parts + 1 == count && is_heading && !own.is_empty() && wanted.contains(&own) {
            parts = count;
        }
    }
    all.max(parts)
}
