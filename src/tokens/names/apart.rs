//! Words behind a name that were taken for its end.

use std::collections::BTreeSet;

use super::evidence::Line;
use super::{Candidate, Shape, surname_length};
use crate::tokens::jieba::listed;
use crate::tokens::lists;

/// 李华和 before another name is 李华, and 和: the weights see one neighbour, which is a name either way.
pub(super) fn from_and(line: &Line, names: &mut [Candidate]) {
    for i in 1..names.len() {
        let (before, after) = (names[i - 1], names[i]);
        let joins = line.char(before.end - 1).is_some_and(|c| matches!(c, '和' | '与' | '及' | '跟' | '同'));
        let given = before.end - before.start - surname_length(line, before);
        if before.end == after.start && before.shape == Shape::Chinese && joins && given == 2 {
            names[i - 1].end -= 1;
        }
    }
}

/// 王强来 is 王强, and 来, where the text names 王强 elsewhere: the weights see one place, and the text is the better witness.
pub(super) fn from_verbs(line: &Line, names: &mut [Candidate]) {
    // A name of two hanzi is told by its sounds at times, and is a surname and a given name all the same.
    let is_short = |name: &&Candidate| name.end - name.start == 2 && name.shape != Shape::Familiar;
    let short: BTreeSet<&str> =
        names.iter().filter(is_short).map(|name| line.slice(name.start, name.end)).collect();
    let is_long = |name: &Candidate| {
        name.shape == Shape::Chinese && name.end - name.start == 3 && surname_length(line, *name) == 1
    };
    for name in names.iter_mut().filter(|name| is_long(name)) {
        let follows = line.char(name.end - 1).is_some_and(|c| lists::AFTER_NAMES.contains(c));
        if follows && short.contains(line.slice(name.start, name.end - 1)) {
            name.end -= 1;
        }
    }
    // 刘明坦言 is 刘明, who speaks.
    let named: BTreeSet<&str> = names
        .iter()
        .map(|name| line.slice(name.start, name.end))
        .filter(|name| name.chars().count() < 4)
        .collect();
    let is_foreign = |name: &&mut Candidate| name.shape == Shape::Foreign && name.end - name.start > 3;
    for name in names.iter_mut().filter(is_foreign) {
        let end = name.end - 2;
        if listed(line.slice(end, name.end)).is_some() && named.contains(line.slice(name.start, end)) {
            name.end = end;
        }
    }
}
