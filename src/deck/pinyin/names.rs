//! Names: surname and given name apart, places apart from their kind, each part with a capital (GB/T 16159-2012, 6.2, 6.3.2).

use super::spelling::{Joint, Run, Spelling};
use super::{lists, phrases};
use crate::hanzi::{HanziList, classes};
use crate::tokens::names::surname;

/// A name that the dictionary has, in the parts that it gives: `Ōuyáng Xiū`, `Zhōnghuá Rénmín Gònghéguó`. A word that is a
/// name only in another of its entries is none.
pub(super) fn listed(run: Run<'_>) -> Option<Spelling> {
    among(run, 1)
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
    let addresses = classes::ADDRESSES.iter().chain(classes::TITLES);
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
    let mut spelling = whole(run);
    for at in (1..run.len()).filter(|&at| entry.begins_part(at)) {
        spelling.set(at, Joint::Apart);
        spelling.raise(at);
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
