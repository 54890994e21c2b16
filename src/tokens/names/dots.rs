//! Names with dots whose parts no weights know: 阿嘉·洛桑图旦·久美加措.
//!
//! A dot between hanzi is in a name, but for two words side by side (文化·生活) and the titles of poems (《沁园春·雪》).
//! Text between two dots belongs to it whole; the first and the last part go as far as their hanzi spell sounds and are
//! no everyday words.

use super::joined::{COMMON, LONGEST, MOST_SOUNDS};
use super::{LONGEST_PART, table};
use crate::hanzi::is_hanzi;
use crate::tokens::Kind;
use crate::tokens::jieba::listed;
use crate::tokens::names::Shape;
use crate::tokens::names::evidence::Feature;
use crate::tokens::numbers::is_numeral;
use crate::tokens::pieces::{Nature, Piece, Pieces, is_dot};

/// Sounds of Tibetan and Mongolian names that the learned ones lack.
const SOUNDS: &str = "措旦嘉桑仁珠吉卓玛拉次多杰丹增曲扎西平热顿巴朝鲁格勒洛赤耐图";
/// A place of so frequent a name stands beside the person's, 2 ln of a frequency.
const EVERYDAY: u8 = 14;
/// A part or two in one name, and more parts, but no list of words with dots between them.
const MOST_PARTS: usize = 5;

/// Joins what the dots join.
pub(super) fn join(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        let (text, done, rest) = (cursor.text(), cursor.done(), cursor.rest());
        let Some((before, after)) = name(text, done, rest).or_else(|| half(text, done, rest)) else { return };
        cursor.take_back(before);
        cursor.join(after, Nature::of(Kind::Person));
    });
}

/// The same for a name that was found but for most of its first part: 拉|斐|克·塔拉尔.
fn half(text: &str, before: &[Piece], here: &[Piece]) -> Option<(usize, usize)> {
    let piece = here.first().filter(|_| here.len() > 1)?;
    let alone = piece.of(text).chars().nth(1).is_some_and(is_dot);
    if piece.kind != Kind::Person || !alone {
        return None;
    }
    let single = |piece: &&Piece| piece.single(text).is_some() && sounds(text, **piece);
    let left = before.iter().rev().take(LONGEST_PART).take_while(single).count();
    (left > 0 && left < LONGEST_PART).then_some((left, 1))
}

/// How many pieces `before` the first of `here`, which is a dot, and how many from there on are one name of which it is
/// the first dot.
fn name(text: &str, before: &[Piece], here: &[Piece]) -> Option<(usize, usize)> {
    let dot = |piece: &Piece| piece.single(text).is_some_and(|c| is_dot(c) && c != '．');
    let hanzi = |piece: &Piece| {
        matches!(piece.kind, Kind::Word | Kind::Person | Kind::Place)
            && !piece.is_over(LONGEST, text)
            && piece.of(text).chars().all(|c| is_hanzi(c) || is_dot(c))
            && !is_numeral(piece.of(text))
    };
    let is_dot = |i: usize| here.get(i).is_some_and(dot);
    let is_part = |i: usize| here.get(i).is_some_and(hanzi);
    if !is_dot(0) || !before.last().is_some_and(hanzi) || !is_part(1) {
        return None;
    }
    let (mut last, mut parts) = (0, 2);
    loop {
        let run = here[last + 1..].iter().take_while(|piece| hanzi(piece) && !dot(piece)).count();
        let part: usize = here[last + 1..last + 1 + run].iter().map(|p| p.of(text).chars().count()).sum();
        if !is_dot(last + 1 + run) || !is_part(last + 2 + run) || part > LONGEST_PART {
            break;
        }
        last += 1 + run;
        parts += 1;
        if parts > MOST_PARTS {
            return None;
        }
    }
    let further = before[..before.len() - 1].iter().rev();
    let left =
        1 + further.take(MOST_SOUNDS).take_while(|piece| hanzi(piece) && sounds(text, **piece)).count();
    let mut right = last + 2;
    while right < last + MOST_SOUNDS && is_part(right) && sounds(text, here[right]) {
        right += 1;
    }
    let (outside, first_part) = before.split_at(before.len() - left);
    let all = || first_part.iter().chain(&here[..right]);
    let person = all().any(|piece| piece.kind == Kind::Person);
    // A part that fell into pieces is no word; neither is a rare hanzi alone.
    let apart = left + right > 2 * parts - 1;
    let spelled = all().all(|p| p.of(text).chars().all(sound));
    let title = outside.last().is_some_and(|piece| matches!(piece.of(text), "《" | "〈" | "“"));
    ((person || apart && (parts > 2 || spelled)) && !title).then_some((left, right))
}

fn sound(c: char) -> bool {
    table::sound(c) || SOUNDS.contains(c) || is_dot(c)
}

/// Whether a piece beside one that a dot stands at goes on with the name.
fn sounds(text: &str, piece: Piece) -> bool {
    let Some(c) = piece.single(text) else {
        // A name that many bear and nothing spoke for is a place by now (路易).
        let word = piece.of(text);
        let name = listed(word).is_some_and(|(kind, _)| kind == Kind::Person);
        let odd = piece.level <= ODD && word.chars().count() == 2;
        return (piece.kind.is_name() || odd) && word.chars().all(sound) && (piece.level < EVERYDAY || name);
    };
    let foreign = Feature { shape: Shape::Foreign.letter(), class: 'a', value: piece.of(text) };
    let rare = !VERBS.contains(c) && piece.level < if sound(c) { COMMON } else { UNCOMMON };
    piece.kind == Kind::Word && (rare || table::weight(foreign) >= SOUND)
}

/// Words of two hanzi that nobody counts are sounds by chance (谢特), 2 ln of a frequency.
const ODD: u8 = 7;
/// Other hanzi are part of a name only if they are so rare, and none of those that stand beside one.
const UNCOMMON: u8 = 20;
const VERBS: &str = "说称在抵赴访会将曾对与和同及的是于为向从任发等也又已今昨前后率由获摄著译";
/// The weight of a hanzi for a foreign name, in sixteenths of a logit, from which on its frequency does not count (拉).
const SOUND: i32 = 5;
