//! Several posts on a page: a thread of a forum, the days of a weblog, an article in parts.
//!
//! Readability finds one part of a page, and where posts are many it finds some of them. Which of them are the article
//! tells only the row that they stand in. **Law**: of a thread, what its first author wrote is article, and what others
//! wrote is comments; of other rows nothing is lost between two posts that are article, their headings least of all; and
//! where an article stands, the beginnings of others (`…… 阅读全文`) are none of it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use dom_query::{Document, NodeId, NodeRef};

use super::lines::{Form, Line, Lines};
use super::parts;
use crate::document::Why;
use crate::document::about;
use crate::document::parts as names;
use crate::document::same::key;

/// Blocks beside each other that are named alike.
struct Row<'d> {
    posts: Vec<Post<'d>>,
    /// Whether it is their name that they share, and not only their tag.
    is_named: bool,
}

struct Post<'d> {
    node: NodeRef<'d>,
    span: Range<usize>,
}

/// An article has fewer letters than this beside the posts of a thread only if it is none.
const ARTICLE: usize = 50;

/// A line is looked at in so many rows round it.
const DEEPEST: usize = 30;

/// Puts right which lines of a page with several posts are article, and gives the first author of a thread; `poster`, if
/// it began on a page before this one.
pub(super) fn choose(
    document: &Document,
    all: &Lines,
    poster: Option<&str>,
    chosen: &mut [Option<Why>],
) -> Option<String> {
    let marks: Vec<Marks> = all.lines.iter().map(Marks::of).collect();
    let rows = rows(document, all);
    let found = rows
        .iter()
        .filter(|row| row.is_thread(&marks))
        .max_by_key(|row| (letters(&all.lines[row.span()]), std::cmp::Reverse(row.span().start)))
        .and_then(|row| thread(row, all, &marks, poster, chosen));
    if found.is_none() {
        for row in &rows {
            beginnings(row, &all.lines, chosen);
        }
        for row in rows.iter().filter(|row| row.is_named) {
            series(row, &all.lines, &marks, chosen);
        }
    }
    found
}

/// The part of a line that belongs to the machinery of a forum.
struct Marks {
    /// A floor: `3楼`, `#3`, `沙发`.
    floor: bool,
    /// Which buttons and fields.
    words: BTreeSet<usize>,
}

impl Marks {
    fn of(line: &Line) -> Self {
        if line.length > 60 || line.is_prose() {
            return Self { floor: false, words: BTreeSet::new() };
        }
        let text = line.text.to_lowercase();
        let has = |word: &&str| text.contains(*word);
        let words = names::POST_WORDS.iter().enumerate().filter(|(_, word)| has(word)).map(|(at, _)| at);
        Self { floor: is_floor(&text), words: words.collect() }
    }

    fn any(&self) -> bool {
        self.floor || !self.words.is_empty()
    }
}

/// Whether a floor is named in a line: a number before one of the signs, or behind one that is no letter.
fn is_floor(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_word = |part: &str| names::FLOOR_WORDS.contains(part);
    text.split(|c: char| !c.is_alphanumeric()).any(is_word)
        || names::FLOORS.iter().any(|sign| {
            text.match_indices(sign).any(|(at, _)| {
                let behind = text[at + sign.len()..].chars().next();
                digit(text[..at].chars().next_back()) || !sign.contains(char::is_alphabetic) && digit(behind)
            })
        })
}

impl Row<'_> {
    fn span(&self) -> Range<usize> {
        let first = self.posts.first().map_or(0, |post| post.span.start);
        first..self.posts.last().map_or(first, |post| post.span.end)
    }

    /// Whether most of its posts have what forums put beside each.
    fn is_thread(&self, marks: &[Marks]) -> bool {
        let is_marked = |post: &&Post<'_>| {
            let marks = &marks[post.span.clone()];
            let words: BTreeSet<_> = marks.iter().flat_map(|marks| &marks.words).collect();
            marks.iter().any(|marks| marks.floor) || words.len() >= 2
        };
        let marked = self.posts.iter().filter(is_marked).count();
        marked >= 2 && marked * 2 >= self.posts.len()
    }
}

/// The rows of blocks that stand beside each other and are named alike.
fn rows<'d>(document: &'d Document, all: &Lines) -> Vec<Row<'d>> {
    let mut rows: Vec<Row<'d>> = Vec::new();
    let mut places: HashMap<(NodeId, String), usize> = HashMap::new();
    for node in document.root().descendants_it().filter(|node| node.is_element()) {
        let Some(span) = all.spans.get(&node.id) else { continue };
        let (Some(tag), Some(parent)) = (node.node_name(), node.parent()) else { continue };
        if !matches!(&*tag, "div" | "article" | "section" | "li" | "table" | "dl" | "tr" | "td") {
            continue;
        }
        let named = [node.class(), node.id_attr()].into_iter().flatten().find_map(|names| {
            let first = names.split_ascii_whitespace().next()?;
            let name: String = first.chars().filter(|c| !c.is_ascii_digit()).collect();
            (!name.is_empty()).then(|| name.to_ascii_lowercase())
        });
        let is_named = named.is_some();
        let key = (parent.id, format!("{tag} {}", named.unwrap_or_default()));
        let place = *places.entry(key).or_insert_with(|| {
            rows.push(Row { posts: Vec::new(), is_named });
            rows.len() - 1
        });
        rows[place].posts.push(Post { node, span: span.clone() });
    }
    rows.retain(|row| row.posts.len() > 1);
    // Rows in rows in rows: the outer ones come first, and no page means what is deeper.
    let mut work = all.lines.len() * DEEPEST;
    rows.retain(|row| {
        let most = row.span().len();
        let is_within = most <= work;
        work -= most.min(work);
        is_within
    });
    rows
}

/// How many letters of some lines are no links.
fn letters(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.length - line.linked.min(line.length)).sum()
}

/// The same of sentences alone.
fn prose<'l>(lines: impl IntoIterator<Item = &'l Line>) -> usize {
    lines.into_iter().filter(|line| line.is_prose()).map(|line| line.length).sum()
}

/// Of a thread the posts of its first author; gives the author. Nothing is done where it is unknown who wrote what.
fn thread(
    row: &Row<'_>,
    all: &Lines,
    marks: &[Marks],
    poster: Option<&str>,
    chosen: &mut [Option<Why>],
) -> Option<String> {
    let lines = &all.lines[..];
    let authors: Vec<Option<String>> = row.posts.iter().map(|post| post.author(lines)).collect();
    if authors.iter().flatten().count() * 2 < authors.len() {
        return None;
    }
    let span = row.span();
    let before = (0..span.start).filter(|&at| chosen[at].is_none()).map(|at| &lines[at]);
    if poster.is_none() && prose(before) >= ARTICLE {
        // The article stands over it, and these are what readers say.
        chosen[span].fill(Some(Why::Comments));
        return None;
    }
    let above = || lines[span.start.saturating_sub(12)..span.start].iter().find_map(labelled);
    let (begins, poster) = match poster {
        Some(poster) => (false, poster.to_owned()),
        None => (true, authors[0].clone().or_else(above)?),
    };
    chosen.fill(Some(Why::Elsewhere));
    for (number, (post, author)) in row.posts.iter().zip(&authors).enumerate() {
        if !(begins && number == 0) && author.as_ref() != Some(&poster) {
            chosen[post.span.clone()].fill(Some(Why::Comments));
            continue;
        }
        let text = post.text(all);
        for at in text.clone() {
            let aside = lines[at].parts.iter().any(|(part, _)| {
                all.spans.get(part).is_some_and(|part| part.len() < text.len() && text.contains(&part.start))
            });
            if !aside && (lines[at].is_prose() || !marks[at].any()) {
                chosen[at] = None;
            }
        }
    }
    Some(poster)
}

impl Post<'_> {
    /// Who wrote it: what stands in a part that is named so, or behind a label.
    fn author(&self, lines: &[Line]) -> Option<String> {
        let named = |node: &NodeRef<'_>| node.is_element() && is_author(node) && has_text(node);
        // The innermost part that is named so.
        let inner = |node: &NodeRef<'_>| !node.descendants_it().any(|node| named(&node));
        let shown = self.node.descendants_it().filter(|node| named(node) && inner(node));
        let shown = shown.filter_map(|node| name(node.text().trim())).next();
        shown.or_else(|| lines[self.span.clone()].iter().find_map(labelled))
    }

    /// The lines of what was written: those of the smallest block that has nearly all sentences of the post.
    fn text(&self, all: &Lines) -> Range<usize> {
        let much = |span: &Range<usize>| match prose(&all.lines[self.span.clone()]) {
            0 => letters(&all.lines[span.clone()]),
            _ => prose(&all.lines[span.clone()]),
        };
        let (mut node, mut span) = (self.node, self.span.clone());
        loop {
            let blocks =
                node.children_it(false).filter_map(|child| Some((child, all.spans.get(&child.id)?.clone())));
            let best = blocks.max_by_key(|(_, inner)| much(inner));
            match best {
                Some((child, inner)) if much(&inner) * 5 >= much(&span) * 4 && much(&inner) > 0 => {
                    (node, span) = (child, inner);
                }
                _ => return span,
            }
        }
    }
}

fn is_author(node: &NodeRef<'_>) -> bool {
    let all = [node.class(), node.id_attr()];
    all.into_iter()
        .flatten()
        .any(|name| parts::words(&name).any(|word| names::AUTHOR_NAMES.contains(word.as_str())))
}

fn has_text(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|node| node.is_text() && !node.text().trim().is_empty())
}

/// A name in a short text that has one.
fn name(text: &str) -> Option<String> {
    let is_dated = about::find_date(text).is_some() || text.contains(['|', '»']);
    let whole = !is_dated && text.chars().count() <= 20 && !text.contains('\n');
    let name = if whole { text } else { text.split_whitespace().next()? };
    let is_name = !name.is_empty()
        && name.chars().count() <= 20
        && name.chars().any(char::is_alphabetic)
        && about::find_date(name).is_none()
        && !names::FLOOR_WORDS.contains(name)
        && !names::POST_WORDS.iter().any(|word| name.contains(word));
    is_name.then(|| name.to_owned())
}

/// The name behind a label in a line.
fn labelled(line: &Line) -> Option<String> {
    if line.length > 60 {
        return None;
    }
    let text = line.text.trim_start_matches(['[', '【', ' ', '\u{3000}']);
    let (label, rest) = text.split_once([':', '：'])?;
    if !names::AUTHOR_LABELS.contains(label.trim()) {
        return None;
    }
    name(rest.trim().split([' ', '\u{3000}', '|', '［', '[', '(', '（']).next()?)
}

/// Cuts the beginnings of other articles, where there is more beside them.
fn beginnings(row: &Row<'_>, lines: &[Line], chosen: &mut [Option<Why>]) {
    let is_one = |post: &&Post<'_>| {
        let own = &lines[post.span.clone()];
        let last = own.iter().rfind(|line| line.is_prose());
        let is_cut_off = last.is_some_and(|line| {
            let text = line.text.trim_end_matches([']', '】', ')', '）', '[', '【', '(', '（', ' ']);
            text.ends_with('…') || text.ends_with("...")
        });
        let leads = own.iter().any(|line| {
            line.is_linked() && (matches!(line.form, Form::Heading(_)) || line.titled || is_rest(&line.text))
        });
        is_cut_off && leads && own.iter().filter(|line| line.is_prose()).count() <= 2
    };
    let short: Vec<&Post<'_>> = row.posts.iter().filter(is_one).collect();
    if short.len() < 2 {
        return;
    }
    let within = |at: usize| short.iter().any(|post| post.span.contains(&at));
    let rest = (0..lines.len()).filter(|&at| chosen[at].is_none() && !within(at));
    if prose(rest.map(|at| &lines[at])) < 2 * ARTICLE {
        return;
    }
    for post in short {
        for why in &mut chosen[post.span.clone()] {
            why.get_or_insert(Why::Elsewhere);
        }
    }
}

fn is_rest(text: &str) -> bool {
    let wanted = key(text);
    names::REST.iter().any(|word| key(word) == wanted)
}

/// Between two posts that are article nothing of it is lost: headings, short posts.
fn series(row: &Row<'_>, lines: &[Line], marks: &[Marks], chosen: &mut [Option<Why>]) {
    let has = |post: &Post<'_>, chosen: &[Option<Why>]| {
        post.span.clone().any(|at| chosen[at].is_none() && lines[at].is_prose())
    };
    let (Some(first), Some(last)) = (
        row.posts.iter().position(|post| has(post, chosen)),
        row.posts.iter().rposition(|post| has(post, chosen)),
    ) else {
        return;
    };
    let of = |range: Range<usize>, chosen: &[Option<Why>]| {
        prose(range.filter(|&at| chosen[at].is_none()).map(|at| &lines[at]))
    };
    if first == last || of(row.span(), chosen) * 5 < of(0..lines.len(), chosen) * 3 {
        return;
    }
    for post in &row.posts[first..=last] {
        let is_free = |at: usize| {
            let line = &lines[at];
            !line.is_linked()
                && line.parts.is_empty()
                && !marks[at].any()
                && about::find_date(&line.text).is_none()
        };
        let own = &lines[post.span.clone()];
        let author = post.author(lines);
        if !has(post, chosen) {
            if prose(own) * 2 > own.iter().map(|line| line.length).sum() {
                for at in post.span.clone().filter(|&at| is_free(at)) {
                    chosen[at] = None;
                }
            }
            continue;
        }
        let Some(begins) = post.span.clone().find(|&at| chosen[at].is_none() && lines[at].is_prose()) else {
            continue;
        };
        for at in post.span.start..begins {
            let line = &lines[at];
            let heads = matches!(line.form, Form::Heading(_)) && line.parts.is_empty();
            let is_name = author.as_deref() == Some(line.text.trim());
            let is_short = line.length <= 30 && !line.text.contains([':', '：', '|']) && !is_name;
            if heads || is_short && is_free(at) {
                chosen[at] = None;
            }
        }
    }
}
