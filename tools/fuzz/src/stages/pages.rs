//! Pages of HTML: whatever stands in them, an article comes out that hides nothing, or none.

use fastrand::Rng;
use shengci::document;
use shengci::hanzi::{is_hanzi, seen};

use super::law;
use crate::{World, grow};

/// Good pages, of the shapes that sites have.
const PAGES: &[&str] = &[
    include_str!("../../../../tests/document/office.html"),
    include_str!("../../../../tests/document/paper-of-taiwan.html"),
    include_str!("../../../../tests/document/portal-of-2003.html"),
    include_str!("../../../../tests/document/ruby.html"),
    include_str!("../../../../tests/document/weblog.html"),
    include_str!("../../../../tests/document/weixin.html"),
];

/// A page of which some lines were changed, taken out or doubled.
pub(super) fn page(rng: &mut Rng, _: &World) -> Vec<u8> {
    let base = rng.choice(PAGES).copied().unwrap_or_default();
    let lines: Vec<&str> = base.lines().collect();
    let (from, to) = (rng.usize(..lines.len()), rng.usize(..=lines.len()));
    let (from, to) = (from.min(to), from.max(to));
    let changed = grow::text(rng, &lines[from..to].join("\n"));
    [&lines[..from].join("\n"), "\n", &changed, "\n", &lines[to..].join("\n")].concat().into_bytes()
}

/// Each paragraph is one line in which nothing is hidden; what is kept stands in the page.
pub(super) fn check(input: &[u8], _: &World) -> Result<(), String> {
    let html = String::from_utf8_lossy(input);
    let Some(page) = document::page(&html) else { return Ok(()) };
    let Some(leaf) = document::leaf(&html) else { return Ok(()) };
    let (article, whole) = (document::clean(&page), document::clean(&leaf));
    let about = &article.about;
    let on_cards = [&about.author, &about.site, &about.address].into_iter().flatten();
    for text in article.title.iter().chain(&article.paragraphs).map(|line| &line.text).chain(on_cards) {
        shows_all(text)?;
    }
    let hanzi = |text: &str| text.chars().filter(|&c| is_hanzi(c)).count();
    let kept: usize = article.paragraphs.iter().map(|line| hanzi(&line.text)).sum();
    law(kept <= hanzi(&whole.text()), || "more hanzi came out than the page shows".to_owned())
}

/// A line is one, and hides nothing. What joins several emoji to one is part of what is seen.
pub(super) fn shows_all(line: &str) -> Result<(), String> {
    law(!line.contains('\n'), || format!("a line of two lines: {line:?}"))?;
    law(seen(&line.replace('\u{200d}', "")).is_ok(), || format!("a line that hides something: {line:?}"))
}
