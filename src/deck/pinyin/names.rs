//! Names: surname and given name apart, places apart from their kind, each part with a capital (GB/T 16159-2012, 6.2, 6.3.2).

use super::spelling::{Joint, Run, Spelling};
use super::{lists, phrases};
use crate::deck::lists as places;
use crate::hanzi::{HanziList, classes};
use crate::tokens::names::surname;

/// A name that the dictionary has, in the parts that it gives: `Ōuyáng Xiū`, `Zhōnghuá Rénmín Gònghéguó`. A word that is a
/// name only in another of its entries is none.
pub(super) fn listed(run: Run<'_>) -> Option<Spelling> {
    among(run, 1)
}

/// Short for places, beside each other or behind a verb, or with what is of the place: `Zhōng-Měi`, `duì Huá`, `Měifāng`;
/// and what the dictionary has in small letters and is a name.
pub(super) fn short(run: Run<'_>) -> Option<Spelling> {
    let mut spelling = run.joined();
    if lists::PAIRS.contains(run.hanzi) {
        (1..run.len()).for_each(|at| spelling.set(at, Joint::Hyphen));
        (0..run.len()).for_each(|at| spelling.raise(at));
        return Some(spelling);
    }
    if lists::TOWARDS_PLACES.contains(run.hanzi) {
        spelling.set(1, Joint::Apart);
        spelling.raise(1);
        return Some(spelling);
    }
    let mut hanzi = run.hanzi.chars();
    let of_place = run.len() == 2
        && hanzi.next().is_some_and(|c| places::PLACES.contains(c))
        && hanzi.next().is_some_and(|c| lists::OF_PLACES.contains(c))
        && run.dictionary.find(run.hanzi).is_none();
    (of_place || lists::NAMES.contains(run.hanzi)).then(|| whole(run))
}

/// The name in one, with a capital.
pub(super) fn whole(run: Run<'_>) -> Spelling {
    let mut spelling = run.joined();
    spelling.raise(0);
    spelling
}

/// A person (6.2.1): `Wáng Xiǎomíng`, `Zhūgě Kǒngmíng`, `Lǎo Qián`, and `Wáng lǎoshī` with a small letter; one part of a
/// foreign name in one.
pub(super) fn person(run: Run<'_>) -> Spelling {
    if let Some(listed) = any_listed(run) {
        return listed;
    }
    let addresses = classes::ADDRESSES.iter().chain(classes::TITLES.all());
    let address = addresses
        .filter(|address| run.hanzi.ends_with(**address))
        .map(|address| address.chars().count())
        .max();
    if let Some(length) = address.filter(|&length| length > 1 && length < run.len()) {
        let mut spelling = person(run.part(0, run.len() - length));
        spelling.append(Joint::Apart, Spelling::joined(length));
        return spelling;
    }
    let familiar = run.len() == 2 && run.hanzi.starts_with(|c| lists::BEFORE_SURNAMES.contains(c));
    let mut spelling = whole(run);
    if let Some(length) = if familiar { Some(1) } else { surname(run.hanzi) } {
        spelling.set(length, Joint::Apart);
        spelling.raise(length);
    }
    spelling
}

/// The name in whatever entry the dictionary has of it.
fn any_listed(run: Run<'_>) -> Option<Spelling> {
    among(run, usize::MAX)
}

/// The name in the parts that the dictionary gives it, if one of its first entries, so many, is a name.
fn among(run: Run<'_>, entries: usize) -> Option<Spelling> {
    let word = run.dictionary.find(run.hanzi)?;
    let entry = word.read_as(run.syllables).take(entries).find(|entry| entry.proper)?;
    let mut parts = (1..run.len()).filter(|&at| entry.begins_part(at)).peekable();
    if parts.peek().is_none()
        && let Some(mut spelling) = phrases::listed(run)
    {
        spelling.raise_parts();
        return Some(spelling);
    }
    let mut spelling = whole(run);
    for at in parts {
        spelling.set(at, Joint::Apart);
        spelling.raise(at);
    }
    if run.len() > 3 && lists::PAIRS.contains(run.part(0, 2).hanzi) {
        spelling.set(1, Joint::Hyphen);
        spelling.set(2, Joint::Apart);
        spelling.raise_parts();
        spelling.raise(1);
    }
    let mut hanzi = run.hanzi.chars();
    let is = |c: Option<char>, list: &HanziList| c.is_some_and(|c| list.contains(c));
    if is(hanzi.next(), &lists::ORDINALS) && is(hanzi.next(), &classes::NUMERALS) {
        spelling.set(1, Joint::Hyphen);
    }
    Some(spelling)
}

/// A place (6.2.2): `Shànghǎi Shì`, `Mǐnháng Qū`; a name with its kind that the dictionary has as one stays one: `Fóshān`.
pub(super) fn place(run: Run<'_>) -> Spelling {
    if let Some(listed) = any_listed(run) {
        return listed;
    }
    // 上海市闵行区: the larger place goes before.
    let after_first = (2..run.len()).find(|&at| kind_at_end(run.part(0, at)).is_some() && run.len() - at > 1);
    if let Some(at) = after_first {
        let mut spelling = place(run.part(0, at));
        spelling.append(Joint::Apart, place(run.part(at, run.len())));
        return spelling;
    }
    if let Some(length) = kind_at_end(run) {
        let mut spelling = place(run.part(0, run.len() - length));
        spelling.append(Joint::Apart, whole(run.part(run.len() - length, run.len())));
        return spelling;
    }
    body(run)
}

/// How long the kind of a place is at the end of its name.
fn kind_at_end(run: Run<'_>) -> Option<usize> {
    let kinds = lists::PLACE_KINDS.iter().filter(|kind| run.hanzi.ends_with(**kind));
    let kind = kinds.max_by_key(|kind| kind.len())?;
    let length = kind.chars().count();
    let least = if lists::SHORT_PLACE_KINDS.contains(kind) { 1 } else { 2 };
    (run.len() >= length + least).then_some(length)
}

/// A body (6.3.2), in its words, each with a capital: `Shànghǎi Dàxué`.
pub(super) fn body(run: Run<'_>) -> Spelling {
    let mut spelling = any_listed(run).unwrap_or_else(|| phrases::name(run));
    spelling.raise_parts();
    spelling
}
