//! Which lines of a page are its article.
//!
//! `dom_smoothie` (Mozilla's Readability) finds the part of the page that reads like an article; on real pages it was the
//! best of those tried. Its own text is not used: it breaks ruby and `<br>`, and takes captions and sub-headings out.
//! So its lines vote for those of the page, and what stands between two that were voted for is looked at again.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};

use super::dom;
use super::lines::{self, Form, Line, Lines};
use super::parts::Part;
use crate::document::Why;
use crate::document::about;
use crate::document::parts as names;
use crate::document::same::key;

/// Shorter lines stand at several places of a page.
const ANCHOR: usize = 8;

/// Why each of `lines`, those of `document`, is no article; nothing where it is.
pub(super) fn choose(document: &Document, all: &Lines) -> Vec<Option<Why>> {
    let lines = &all.lines[..];
    let voted = votes(document, lines);
    let (within, container) = container(document, all, &voted);
    let parts = parts_of(lines, &within);
    let why = |line: &Line| {
        line.parts.iter().filter(|(part, _)| parts.contains(part)).map(|&(_, part)| part).next_back()
    };
    let keep = |at: usize| {
        let line = &lines[at];
        why(line).is_none()
            && if container { within[at] && !line.is_linked() } else { within[at] || belongs(line) }
    };
    let first = within.iter().position(|&within| within).unwrap_or(lines.len());
    let last = within.iter().rposition(|&within| within).unwrap_or(0);
    let first = lead(lines, first, &why);
    (0..lines.len())
        .map(|at| match why(&lines[at]) {
            Some(Part::Comments) => Some(Why::Comments),
            _ if (first..=last).contains(&at) && (keep(at) || at < first + 1) => None,
            _ => Some(Why::Elsewhere),
        })
        .collect()
}

/// Takes out of the article's lines its headline and what stands over the first paragraph with it: when, by whom, buttons.
pub(super) fn without_head(lines: &[Line], title: Option<usize>, chosen: &mut [Option<Why>]) {
    let Some(first) = chosen.iter().position(Option::is_none) else { return };
    let Some(prose) = (first..lines.len()).find(|&at| chosen[at].is_none() && lines[at].is_prose()) else {
        return;
    };
    let title = title.filter(|title| (first..prose).contains(title));
    for at in first..prose {
        let line = &lines[at];
        let above = title.is_some_and(|title| at <= title);
        let dated = about::find_date(&line.text).is_some();
        if chosen[at].is_none() && (above || dated && line.length < 80) {
            chosen[at] = Some(if Some(at) == title { Why::RepeatedTitle } else { Why::Noise });
        }
    }
}

/// The part of the page where sites put the article, where that holds what Readability found. Else what it found.
fn container(document: &Document, all: &Lines, voted: &[bool]) -> (Vec<bool>, bool) {
    let lines = &all.lines[..];
    let prose = |chosen: &dyn Fn(usize) -> bool| -> usize {
        lines
            .iter()
            .enumerate()
            .filter(|(at, line)| chosen(*at) && line.is_prose())
            .map(|(_, line)| line.length)
            .sum()
    };
    let found = prose(&|at| voted[at]);
    let mut best: Option<(usize, usize, Vec<bool>)> = None;
    let named = named(document);
    for selector in names::CONTAINERS.iter() {
        let by_attribute: Vec<NodeId>;
        let nodes = if selector.starts_with(['#', '.']) {
            let Some(nodes) = named.get(*selector) else { continue };
            nodes
        } else {
            let found = document.try_select(selector);
            by_attribute = found.iter().flat_map(|found| found.nodes()).map(|node| node.id).collect();
            &by_attribute
        };
        if nodes.is_empty() {
            continue;
        }
        let mut within = vec![false; lines.len()];
        for span in nodes.iter().filter_map(|id| all.spans.get(id)) {
            within[span.clone()].fill(true);
        }
        let (much, many) =
            (prose(&|at| within[at] && line_is_free(&lines[at])), within.iter().filter(|&&w| w).count());
        let better =
            best.as_ref().is_none_or(|(most, least, _)| much > *most || much == *most && many < *least);
        if much >= 50 && much * 2 >= found && better {
            best = Some((much, many, within));
        }
    }
    match best {
        Some((_, _, within)) => (within, true),
        None => (voted.to_vec(), false),
    }
}

/// The elements of a page by their `#id` and by each `.class`. A walk of the tree for each of all the names that parts of
/// articles have would take as long as all else together.
fn named(document: &Document) -> HashMap<String, Vec<NodeId>> {
    let mut named: HashMap<String, Vec<NodeId>> = HashMap::new();
    for node in document.root().descendants_it().filter(|node| node.is_element()) {
        let classes = node.attr("class").unwrap_or_default();
        let classes = classes.split_ascii_whitespace().map(|class| format!(".{class}"));
        for name in classes.chain(node.attr("id").map(|id| format!("#{id}"))) {
            named.entry(name).or_default().push(node.id);
        }
    }
    named
}

fn line_is_free(line: &Line) -> bool {
    !line.parts.iter().any(|(_, part)| *part == Part::Comments)
}

/// The parts that are no article by their names, but for those that hold most of it.
fn parts_of(lines: &[Line], within: &[bool]) -> HashSet<NodeId> {
    let mut held: HashMap<NodeId, usize> = HashMap::new();
    let mut all = 0;
    for (line, _) in lines.iter().zip(within).filter(|(line, within)| **within && line.is_prose()) {
        all += line.length;
        for (part, _) in &line.parts {
            *held.entry(*part).or_default() += line.length;
        }
    }
    let parts = lines.iter().flat_map(|line| &line.parts).map(|&(part, _)| part);
    parts.filter(|part| held.get(part).copied().unwrap_or_default() * 5 < all.max(1) * 2).collect()
}

/// Where the article begins: paragraphs may stand over what was found (a summary in a box of its own).
fn lead(lines: &[Line], first: usize, why: &dyn Fn(&Line) -> Option<Part>) -> usize {
    let from = first.saturating_sub(4);
    (from..first)
        .find(|&at| lines[at].is_prose() && lines[at].length >= 25 && why(&lines[at]).is_none())
        .unwrap_or(first)
}

/// Whether a line between two of the article is of it, though it got no vote.
fn belongs(line: &Line) -> bool {
    !line.is_linked() && (line.is_prose() || matches!(line.form, Form::Heading(2..=6) | Form::Caption))
}

/// The lines that Readability takes.
fn votes(document: &Document, lines: &[Line]) -> Vec<bool> {
    let mut voted = vec![false; lines.len()];
    let Some(content) = readable(document) else { return voted };
    let content = Document::from(content);
    let out: Vec<String> = lines::of(content.root()).lines.iter().map(|line| key(&line.text)).collect();
    let page: Vec<String> = lines.iter().map(|line| key(&line.text)).collect();
    let anchors = anchors(&out, &page);
    let mut bounds = vec![(0, 0)];
    bounds.extend(anchors.iter().map(|&(o, p)| (o + 1, p + 1)));
    for (index, &(from_out, from_page)) in bounds.iter().enumerate() {
        let (to_out, to_page) = anchors.get(index).copied().unwrap_or((out.len(), page.len()));
        if to_page < page.len() {
            voted[to_page] = true;
        }
        let mut at = from_page;
        // Before the first anchor lines are near it, not near the page's head.
        if index == 0 {
            at = to_page.saturating_sub(3 * (to_out - from_out) + 3);
        }
        for line in &out[from_out..to_out] {
            if let Some(found) = (at..to_page).find(|&p| page[p] == *line) {
                voted[found] = true;
                at = found + 1;
            }
        }
    }
    voted
}

/// Pairs of equal lines that stand but once on either side, in the order of both.
fn anchors(out: &[String], page: &[String]) -> Vec<(usize, usize)> {
    let once = |lines: &[String]| {
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.chars().count() >= ANCHOR) {
            places.entry(line.clone()).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (of_out, of_page) = (once(out), once(page));
    let mut pairs: Vec<(usize, usize)> =
        of_out.iter().filter_map(|(line, &at)| Some((at?, (*of_page.get(line)?)?))).collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// The longest run of pairs that rises on both sides (patience sorting).
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; pairs.len()];
    for (at, &(_, page)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].1 < page);
        if pile > 0 {
            before[at] = tops[pile - 1];
        }
        if pile == tops.len() { tops.push(at) } else { tops[pile] = at }
    }
    let mut run = Vec::new();
    let mut at = tops.last().copied();
    while let Some(index) = at {
        run.push(pairs[index]);
        at = Some(before[index]).filter(|&before| before != usize::MAX);
    }
    run.reverse();
    run
}

/// The HTML that Readability keeps.
fn readable(document: &Document) -> Option<String> {
    let document = document.clone();
    for node in document.select("[style], [hidden]").nodes() {
        if dom::is_hidden(node) {
            node.remove_from_parent();
        } else {
            // WeChat's articles are `visibility: hidden` until a script shows them.
            node.remove_attr("style");
        }
    }
    let config = Config { char_threshold: 100, disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(document, None, Some(config)).ok()?;
    reader.parse().ok().map(|article| article.content.to_string())
}
