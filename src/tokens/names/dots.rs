//! Names with dots whose parts no weights know: 阿嘉·洛桑图旦·久美加措.
//!
//! A dot between hanzi is in a name, but for two words side by side (文化·生活) and the titles of poems (《沁园春·雪》).
//! What stands between two dots belongs to it whole; the first and the last part go as far as their hanzi spell
//! sounds and are no everyday words.

use super::{COMMON, LONGEST_PART, table};
use crate::hanzi::is_hanzi;
use crate::tokens::Kind;
use crate::tokens::jieba::listed;
use crate::tokens::names::Shape;
use crate::tokens::names::evidence::Feature;
use crate::tokens::numbers::is_numeral;
use crate::tokens::pieces::{Piece, is_dot};

/// Sounds of Tibetan and Mongolian names that the learned ones lack.
const SOUNDS: &str = "措旦嘉桑仁珠吉卓玛拉次多杰丹增曲扎西平热顿巴朝鲁格勒洛赤耐图";
/// A place of so frequent a name stands beside the person's, 2 ln of a frequency.
const EVERYDAY: u8 = 14;
/// A part or two in one name, and more parts, but no list of words with dots between them.
const MOST_PARTS: usize = 5;

/// Joins what the dots join.
pub(super) fn join(text: &str, pieces: &mut Vec<Piece>) {
    let mut i = 1;
    while i + 1 < pieces.len() {
        if let Some((start, end)) = name(text, pieces, i).or_else(|| half(text, pieces, i)) {
            pieces[start] = Piece::new(pieces[start].start, pieces[end - 1].end, Kind::Person);
            pieces.drain(start + 1..end);
            i = start;
        }
        i += 1;
    }
}

/// The same for a name that was found but for most of its first part: 拉|斐|克·塔拉尔.
fn half(text: &str, pieces: &[Piece], i: usize) -> Option<(usize, usize)> {
    let piece = pieces[i];
    let alone = piece.of(text).chars().nth(1).is_some_and(is_dot);
    if piece.kind != Kind::Person || !alone {
        return None;
    }
    let single = |piece: &&Piece| piece.single(text).is_some() && sounds(text, **piece);
    let left = pieces[..i].iter().rev().take_while(single).count();
    (left > 0 && left < LONGEST_PART).then_some((i - left, i + 1))
}

/// Where the name begins and ends whose first dot is piece `dot`.
fn name(text: &str, pieces: &[Piece], dot: usize) -> Option<(usize, usize)> {
    let is_dot =
        |i: usize| pieces.get(i).is_some_and(|p| p.single(text).is_some_and(|c| is_dot(c) && c != '．'));
    let hanzi = |i: usize| {
        pieces.get(i).is_some_and(|piece| {
            matches!(piece.kind, Kind::Word | Kind::Person | Kind::Place)
                && piece.of(text).chars().all(|c| is_hanzi(c) || super::is_dot(c))
                && !is_numeral(piece.of(text))
        })
    };
    if !is_dot(dot) || !hanzi(dot - 1) || !hanzi(dot + 1) {
        return None;
    }
    let (mut last, mut parts) = (dot, 2);
    loop {
        let run = (last + 1..pieces.len()).take_while(|&i| hanzi(i) && !is_dot(i)).count();
        let part: usize = pieces[last + 1..last + 1 + run].iter().map(|p| p.of(text).chars().count()).sum();
        if !is_dot(last + 1 + run) || !hanzi(last + 2 + run) || part > LONGEST_PART {
            break;
        }
        last += 1 + run;
        parts += 1;
    }
    let mut start = dot - 1;
    while start > 0 && hanzi(start - 1) && sounds(text, pieces[start - 1]) {
        start -= 1;
    }
    let mut end = last + 2;
    while hanzi(end) && sounds(text, pieces[end]) {
        end += 1;
    }
    let all = &pieces[start..end];
    let person = all.iter().any(|piece| piece.kind == Kind::Person);
    // A part that fell into pieces is no word; neither is a rare hanzi alone.
    let apart = all.len() > 2 * parts - 1;
    let spelled = all.iter().all(|p| p.of(text).chars().all(sound));
    let title = start > 0 && matches!(pieces[start - 1].of(text), "《" | "〈" | "“");
    let fits = parts <= MOST_PARTS && (person || apart && (parts > 2 || spelled));
    (fits && !title).then_some((start, end))
}

fn sound(c: char) -> bool {
    table::sound(c) || SOUNDS.contains(c) || is_dot(c)
}

/// Whether a piece beside one that a dot stands at goes on with the name.
fn sounds(text: &str, piece: Piece) -> bool {
    let Some(c) = piece.single(text) else {
        // What many are called and nothing spoke for is a place by now (路易).
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
/// So much a hanzi speaks for a foreign name, in sixteenths of a logit, that its frequency does not count (拉).
const SOUND: i32 = 5;
