//! Numerals, what they count and what points at it (GB/T 16159-2012, 6.1.4 and 6.1.5).

use super::lists;
use super::spelling::{Joint, Run, Spelling};
use crate::hanzi::classes;

/// A number, alone or with what it counts: `liǎng chǎng`, `jiǔshíjiǔ`, `liùshísān yì`, `dì-yī`, `sān fēn zhī yī`.
pub(super) fn counted(run: Run<'_>) -> Spelling {
    let weeks = lists::WEEKS.iter().filter(|week| run.hanzi.starts_with(**week));
    if weeks.map(|week| week.chars().count() + 1).any(|length| length == run.len()) {
        return run.joined();
    }
    let hanzi: Vec<char> = run.hanzi.chars().collect();
    let mut spelling = run.joined();
    let mut at = 0;
    while at < hanzi.len() {
        let end = at + hanzi[at..].iter().take_while(|&&c| is_numeral(c)).count();
        let is_part = hanzi[at..end].iter().any(|&c| !lists::ABOUT_DIGITS.contains(c)) || end - at == 1;
        if end > at && is_part {
            let ordinal = at.checked_sub(1).is_some_and(|before| lists::ORDINALS.contains(hanzi[before]));
            if at > 0 {
                spelling.set(at, if ordinal { Joint::Hyphen } else { Joint::Apart });
            }
            numeral(&hanzi[at..end], at, &mut spelling);
            at = end;
            if hanzi.get(at).is_some_and(|&c| lists::MONTH.contains(c)) {
                at += 1;
            }
            continue;
        }
        if at > 0 {
            spelling.set(at, Joint::Apart);
        }
        at += step(run, &hanzi, at);
    }
    spelling
}

/// How many hanzi the word has that stands at `at`, between numerals.
fn step(run: Run<'_>, hanzi: &[char], at: usize) -> usize {
    let alone =
        |c: char| lists::OF_FRACTIONS.contains(c) || lists::ABOUT.contains(c) || lists::COUNTED.contains(c);
    let until = hanzi[at..].iter().take_while(|&&c| !is_numeral(c)).count();
    if until == 0 || alone(hanzi[at]) {
        return 1;
    }
    (2..=until).rev().find(|&length| run.part(at, at + length).word().is_some()).unwrap_or(1)
}

fn is_numeral(c: char) -> bool {
    lists::DIGITS.contains(c)
        || lists::ABOUT_DIGITS.contains(c)
        || lists::SMALL_UNITS.contains(c)
        || lists::BIG_UNITS.contains(c)
}

/// The joints inside a numeral that begins at `from` (6.1.5.2, 6.1.5.3).
fn numeral(hanzi: &[char], from: usize, spelling: &mut Spelling) {
    let is_digit = |c: char| lists::DIGITS.contains(c) || lists::ABOUT_DIGITS.contains(c);
    if hanzi.iter().all(|&c| is_digit(c)) {
        // Two that are neighbours say about how many (6.1.5.6): sān-wǔ tiān. More are read one by one.
        let joint = if hanzi.len() == 2 { Joint::Hyphen } else { Joint::Apart };
        (1..hanzi.len()).for_each(|at| spelling.set(from + at, joint));
        return;
    }
    // Where what 万 and 亿 multiply begins, less a nought.
    let mut multiplied = 0;
    for (at, &c) in hanzi.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| hanzi[before]);
        let is_joined = if lists::BIG_UNITS.contains(c) {
            let one_digit = at - multiplied == 1 && before.is_some_and(is_digit);
            multiplied = at + 1;
            one_digit
        } else if lists::SMALL_UNITS.contains(c) {
            before.is_some_and(|before| is_digit(before) && !lists::NOUGHT.contains(before))
        } else if lists::NOUGHT.contains(c) {
            multiplied += usize::from(at == multiplied);
            false
        } else {
            before.is_some_and(|before| lists::TEN.contains(before))
        };
        // 七八百: about how many.
        let about =
            is_digit(c) && before.is_some_and(|before| is_digit(before) && !lists::NOUGHT.contains(before));
        if at > 0 {
            let apart = if about { Joint::Hyphen } else { Joint::Apart };
            spelling.set(from + at, if is_joined { Joint::Joined } else { apart });
        }
    }
}

/// A word of the dictionary that is the sum of what counts or points and what it counts (6.1.4.2, 6.1.5.4): `zhè wèi`,
/// `yī cì`, `dì-yī shíjiān`; none where it is a word of its own (这里, 一切).
pub(super) fn of_words(run: Run<'_>) -> Option<Spelling> {
    let hanzi: Vec<char> = run.hanzi.chars().collect();
    if lists::NOT_POINTING.contains(run.hanzi) || hanzi.len() < 2 {
        return None;
    }
    let numerals = |from: usize| hanzi[from..].iter().take_while(|&&c| is_numeral(c)).count();
    let first = hanzi[0];
    if lists::ORDINALS.contains(first) && numerals(1) > 0 {
        let end = 1 + numerals(1);
        let mut spelling = counted(run.part(0, end));
        if end < run.len() {
            spelling.append(Joint::Apart, super::phrases::phrase(run.part(end, run.len())));
        }
        return Some(spelling);
    }
    let counts = numerals(0);
    if counts == run.len() {
        // 千万, 万一: a word.
        return (!run.dictionary.has(run.hanzi)).then(|| counted(run));
    }
    let behind = |from: usize| hanzi.len() == from + 1;
    let points = lists::POINTERS.contains(first)
        && behind(1)
        && (lists::POINTED_AT.contains(hanzi[1]) || classes::MEASURE_WORDS.contains(hanzi[1]));
    let known = |c: char| {
        if run.dictionary.has(run.hanzi) {
            lists::COUNTED.contains(c)
        } else {
            classes::MEASURE_WORDS.contains(c) || classes::TIME_UNITS.contains(c)
        }
    };
    let counted_one = counts > 0 && behind(counts) && known(hanzi[counts]);
    if points {
        let mut spelling = run.joined();
        spelling.set(1, Joint::Apart);
        return Some(spelling);
    }
    counted_one.then(|| counted(run))
}
