//! A page of HTML becomes an article.

mod body;
mod dom;
mod head;
mod lines;
mod parts;
mod slim;

use head::Fields;
use parts::Part;
pub(super) use slim::slim;

use super::Document;
use super::page;

/// The article of a page; `None` where its tags are nested too deep to be read.
pub(super) fn clean(html: &str) -> Option<Document> {
    let document = dom::parse(html)?;
    let fields = Fields::of(&document);
    dom::strip(&document);
    let all = lines::of(document.root());
    let lines = &all.lines;
    let mut chosen = body::choose(&document, &all);
    let first = chosen.iter().position(Option::is_none).unwrap_or(lines.len());
    let headline = fields.headline(lines, first);
    let title = headline.as_ref().and_then(|(_, line)| *line);
    body::without_head(lines, title, &mut chosen);
    let within: Vec<bool> = chosen.iter().map(Option::is_none).collect();
    let about = fields.about(lines, title, &within).tidy();
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
    Some(article)
}

/// All that a page shows, with what is known of it; `None` where its tags are nested too deep to be read.
pub(super) fn whole(html: &str) -> Option<Document> {
    let document = dom::parse(html)?;
    let fields = Fields::of(&document);
    dom::strip(&document);
    let lines = lines::of(document.root()).lines;
    let shown =
        (1..).zip(&lines).filter(|(_, line)| !line.parts.iter().any(|(_, part)| *part == Part::Hidden));
    let pieces = shown.filter_map(|(number, line)| page::piece(&line.text, number)).collect();
    let about = fields.about(&lines, None, &vec![true; lines.len()]).tidy();
    Some(Document { about, ..super::document(pieces, None) })
}
