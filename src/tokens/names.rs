//! Personal names: 朱镕基, 诸葛亮, 扎克伯格, 马克·扎克伯格, 老王.
//!
//! Why not jieba's own: it takes 44 % of them right. Every stretch that could be a name is a candidate, scored by
//! weights learned from tagged news (`evidence`, `table`); the best that do not overlap are taken, and what they
//! cut into is cut anew around them. A name that the text has shown once is believed more readily again.

mod apart;
mod dots;
mod everyday;
pub mod evidence;
mod japanese;
mod joined;
mod placed;
mod shown;
mod surname;
mod table;
mod titles;

pub use surname::surname;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use evidence::{Feature, Line};

use crate::hanzi::{CharSet, is_hanzi};
use crate::tokens::jieba::{Words, is_one_person};
use crate::tokens::pieces::{Piece, Pieces, is_dot};
use crate::tokens::{Kind, lists};

/// The kind of name that a candidate would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A surname and one or two characters.
    Chinese,
    /// The sounds of a foreign name, in parts with a dot between or in one.
    Foreign,
    /// A name that the dictionary lists.
    Listed,
    /// 老王, 小李.
    Familiar,
}

impl Shape {
    /// As the table of weights writes it.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Chinese => 'C',
            Self::Foreign => 'F',
            Self::Listed => 'D',
            Self::Familiar => 'X',
        }
    }
}

/// Characters `start..end` of a line, as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// First character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The kind of name.
    pub shape: Shape,
}

/// The least score of a name, in sixteenths of a logit: below 0, since a name that falls apart into characters is worse
/// for a learner than a word taken for a name.
const BAR: i32 = -16;
/// The least score of a name that the text has shown elsewhere beyond doubt.
const KNOWN_BAR: i32 = -64;
/// The score from which on a name that the dictionary lists stays a person.
const BELIEVED: i32 = -32;
/// The score that a candidate must reach that reads as a phrase.
const PROBABLE: i32 = -3;
/// The score of a name that is beyond doubt.
const CERTAIN: i32 = 16;
/// The level (2 ln of a frequency) from which on a word is one before it is a name.
const EVERYDAY: u8 = 14;

fn double_surname(line: &Line, i: usize) -> bool {
    static FIRST: LazyLock<CharSet> =
        LazyLock::new(|| CharSet::new(lists::DOUBLE_SURNAMES.iter().filter_map(|name| name.chars().next())));
    let (Some(a), Some(b)) = (line.char(i), line.char(i + 1)) else { return false };
    FIRST.contains(a)
        && lists::DOUBLE_SURNAMES.iter().any(|surname| surname.starts_with(a) && surname.ends_with(b))
}

/// How many characters of a Chinese candidate are its surname.
fn surname_length(line: &Line, candidate: Candidate) -> usize {
    let length = candidate.end - candidate.start;
    if length == 4 || length == 3 && double_surname(line, candidate.start) { 2 } else { 1 }
}

/// The longest part of a foreign name, and the longest name, in characters.
const LONGEST_PART: usize = 8;
const LONGEST_NAME: usize = 18;

/// Every stretch that could be a name, by its characters alone. `surname` and `sound` say what a character can be.
pub fn candidates(
    line: &Line,
    surname: impl Fn(char) -> bool,
    sound: impl Fn(char) -> bool,
    mut emit: impl FnMut(Candidate),
) {
    let hanzi = |i: usize| line.char(i).is_some_and(is_hanzi);
    let mut sounds_end = 0;
    for i in 0..line.chars.len() {
        let Some(c) = line.char(i).filter(|&c| is_hanzi(c)) else { continue };
        let piece = line.piece(i);
        if piece.kind == Kind::Person && piece.start() == line.at(i) {
            let end = (i..line.chars.len()).find(|&e| line.at(e) >= piece.end()).unwrap_or(line.chars.len());
            emit(Candidate { start: i, end, shape: Shape::Listed });
        }
        if surname(c) && hanzi(i + 1) {
            emit(Candidate { start: i, end: i + 2, shape: Shape::Chinese });
            if hanzi(i + 2) {
                emit(Candidate { start: i, end: i + 3, shape: Shape::Chinese });
                if double_surname(line, i) && hanzi(i + 3) {
                    emit(Candidate { start: i, end: i + 4, shape: Shape::Chinese });
                }
            }
        }
        if matches!(c, '老' | '小' | '阿') && line.char(i + 1).is_some_and(&surname) {
            emit(Candidate { start: i, end: i + 2, shape: Shape::Familiar });
        }
        if sound(c) {
            if i >= sounds_end {
                sounds_end = i + 1;
                while line
                    .char(sounds_end)
                    .is_some_and(|c| sound(c) || is_dot(c) && line.char(sounds_end + 1).is_some_and(&sound))
                {
                    sounds_end += 1;
                }
            }
            let mut part = 0;
            for end in i + 1..=sounds_end.min(i + LONGEST_NAME) {
                if line.char(end - 1).is_some_and(is_dot) {
                    part = 0;
                    continue;
                }
                part += 1;
                if part > LONGEST_PART {
                    break;
                }
                if end - i >= 2 {
                    emit(Candidate { start: i, end, shape: Shape::Foreign });
                }
            }
        }
    }
}

/// Scores the candidates of one line.
#[derive(Default)]
struct Scorer {
    /// The sum over the sounds of the foreign candidates that begin at `start`, as far as `reached`: each is the
    /// one before it and a sound more, so they need not be added up anew.
    start: usize,
    reached: usize,
    sounds: i32,
}

impl Scorer {
    /// The score, or nothing for a candidate that can't come to `bar`.
    fn score(&mut self, line: &Line, candidate: Candidate, bar: i32) -> Option<i32> {
        let mut score = 0;
        evidence::edges(line, candidate, |feature| score += table::weight(feature));
        if score < bar - MOST_FROM_INSIDE - MOST_FROM_OUTSIDE {
            return None;
        }
        match candidate.shape {
            Shape::Foreign => score += self.foreign(line, candidate),
            _ => evidence::inside(line, candidate, |feature| score += table::weight(feature)),
        }
        if score < bar - MOST_FROM_OUTSIDE {
            return None;
        }
        evidence::outside(line, candidate, |feature| score += table::weight(feature));
        Some(score).filter(|&score| score > bar)
    }

    /// The score of `evidence::inside` for a foreign candidate.
    fn foreign(&mut self, line: &Line, candidate: Candidate) -> i32 {
        let Candidate { start, end, shape } = candidate;
        let weight = |class, value| table::weight(Feature { shape: shape.letter(), class, value });
        if self.start != start || self.reached == 0 {
            *self = Self { start, reached: start, sounds: weight('s', line.slice(start, start + 1)) };
        }
        let mut sum = 0;
        for i in self.reached..end - 1 {
            evidence::sound(line, start, i, &mut |class, value| sum += weight(class, value));
        }
        self.sounds += sum;
        self.reached = end - 1;
        let mut score = self.sounds;
        evidence::foreign_end(line, candidate, &mut |class, value| score += weight(class, value));
        score
    }
}

/// The most that characters and neighbours add, but for one candidate in thousands.
const MOST_FROM_INSIDE: i32 = -40;
const MOST_FROM_OUTSIDE: i32 = 24;

/// Finds the names of `text` and puts them among its pieces.
pub(super) fn find(words: &Words, pieces: &mut Pieces<'_>) {
    let text = pieces.text();
    let line = Line::new(pieces);
    let mut believed: BTreeSet<usize> = BTreeSet::new();
    let mut scorer = Scorer::default();
    let mut scored: Vec<(i32, Candidate)> = Vec::new();
    let mut doubtful: Vec<(i32, Candidate)> = Vec::new();
    candidates(&line, table::surname, table::sound, |candidate| {
        // A firm or a place of the dictionary is no person (卡塔尔, 岳阳).
        let first = line.piece(candidate.start);
        let place = first.start() == line.at(candidate.start) && first.end() == line.at(candidate.end);
        if first.kind == Kind::Organisation || first.kind == Kind::Place && place {
            return;
        }
        let Some(score) = scorer.score(&line, candidate, KNOWN_BAR) else { return };
        if cuts_saying(&line, candidate)
            || counts(&line, candidate)
            || everyday::is_direction(&line, candidate)
        {
            return;
        }
        if candidate.shape == Shape::Listed && score > BELIEVED {
            believed.insert(line.at(candidate.start));
        }
        let phrase = everyday::is_doubtful(&line, candidate);
        let score = if phrase { score - everyday::ends(&line, candidate) } else { score };
        if score > bar(&line, candidate, phrase) {
            scored.push((score, candidate));
        } else {
            doubtful.push((score, candidate));
        }
    });
    shown::believe(&line, &mut scored, doubtful);
    scored.retain(|(_, c)| !is_titled(&line, *c));
    // The best first; of equals the longer, then the earlier, so that the choice never depends on chance.
    scored.sort_by_key(|(score, c)| (-score, std::cmp::Reverse(c.end - c.start), c.start));
    let mut names: Vec<Candidate> = Vec::new();
    let mut taken = vec![false; line.chars.len()];
    for (_, candidate) in scored {
        let place = &mut taken[candidate.start..candidate.end];
        if place.iter().all(|&taken| !taken) {
            place.fill(true);
            names.push(candidate);
        }
    }
    names.sort_by_key(|n| n.start);
    apart::from_and(&line, &mut names);
    apart::from_verbs(&line, &mut names);
    let spans: Vec<(usize, usize)> = names.iter().map(|n| (line.at(n.start), line.at(n.end))).collect();
    drop(line);
    // A listed name that nothing here speaks for is one that many bear: of a place, as often (长野).
    for i in 0..pieces.len() {
        let piece = pieces[i];
        let person = piece.kind == Kind::Person;
        if person && !believed.contains(&piece.start()) && !is_one_person(piece.of(text)) {
            pieces.set_kind(i, Kind::Place);
        }
    }
    placed::place(words, &spans, pieces);
    joined::join_parts(pieces);
    dots::join(pieces);
    joined::join_sounds(pieces);
    japanese::join(pieces);
    titles::mark(pieces);
}

/// The score that a candidate must be above; `phrase`, if it reads as one.
fn bar(line: &Line, candidate: Candidate, phrase: bool) -> i32 {
    if is_everyday(line, candidate) {
        CERTAIN
    } else if phrase && !everyday::is_one_of_many(line, candidate) {
        PROBABLE
    } else {
        BAR
    }
}

/// Whether a candidate cuts through a word of four hanzi or more, and takes only a part of it: 梅西梅|开二度.
fn cuts_saying(line: &Line, candidate: Candidate) -> bool {
    let (first, last) = (line.piece(candidate.start), line.piece(candidate.end - 1));
    let long = |piece: Piece| line.is_saying(piece) && !piece.kind.is_name();
    first.start() < line.at(candidate.start) && long(first)
        || last.end() > line.at(candidate.end) && long(last)
}

/// Whether a candidate is one word of everyday frequency, and none of those whose names are told: 宿舍 is no
/// surname and a given name, 记者江山 is somebody. So is a word after 和, which is a rare surname (和|芬芳).
fn is_everyday(line: &Line, candidate: Candidate) -> bool {
    let joined = line.char(candidate.start) == Some('和') && candidate.end - candidate.start > 2;
    let start = candidate.start + usize::from(joined);
    let piece = line.piece(start);
    let told =
        |text: &str| matches!(text, "记者" | "学者" | "作者" | "编辑" | "通讯员" | "作家" | "演员" | "选手");
    candidate.shape != Shape::Listed
        && piece.kind == Kind::Word
        && !piece.proposed
        && piece.level >= EVERYDAY
        && piece.start() == line.at(start)
        && piece.end() == line.at(candidate.end)
        && !start.checked_sub(1).is_some_and(|before| told(line.piece_text(before)))
        && !(candidate.end < line.chars.len() && titles::is_title(line.piece_text(candidate.end)))
}

/// 荣立三 before 等功 ends in the number of what follows; 张三等人 are people.
fn counts(line: &Line, candidate: Candidate) -> bool {
    let c = |i: usize| line.char(i).unwrap_or(' ');
    let numeral = |c: char| "一二两三四五六七八九十百千".contains(c);
    candidate.shape == Shape::Chinese
        && numeral(c(candidate.end - 1))
        && (c(candidate.end) == '等' && matches!(c(candidate.end + 1), '功' | '奖' | '级' | '品')
            || "名位次个项届座年枚".contains(c(candidate.end)))
}

/// 周总理 is 周 and a title, no name of three hanzi.
fn is_titled(line: &Line, candidate: Candidate) -> bool {
    let title = line.piece(candidate.end - 1);
    title.start() == line.at(candidate.start + 1)
        && title.end() == line.at(candidate.end)
        && titles::is_title(line.slice(candidate.start + 1, candidate.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::jieba::WordList;

    /// The text with its names in brackets.
    fn named(text: &str) -> String {
        let list = WordList::default();
        let words = list.for_text(text);
        let mut pieces = Pieces::lay(text, |laid| words.cut(text.len(), laid));
        find(&words, &mut pieces);
        let show = |piece: &Piece| match piece.kind {
            Kind::Person => format!("[{}]", piece.of(text)),
            _ => piece.of(text).to_owned(),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn names_are_found_and_words_are_not_taken_for_them() {
        for text in [
            "国家主席[江泽民]主席发表讲话",
            "记者[陈小明]报道",
            "总统[克雷尼科夫]说",
            "[塞缪尔·哈内曼]在一八一〇年提出",
            "这座高原和平安的生活",
        ] {
            assert_eq!(named(&text.replace(['[', ']'], "")), text);
        }
    }

    #[test]
    fn a_surname_that_is_a_word_needs_more_than_a_line_of_its_own() {
        for phrase in [
            "查地图",
            "查酒驾",
            "薄毛衣",
            "薄棉袄",
            "曾随军",
            "曾梦见",
            "任满回京",
            "单翼机",
            "单元楼",
            "单孔目",
            "过长江",
            "应其请",
            "和韵诗",
        ] {
            assert_eq!(named(phrase), named(phrase).replace(['[', ']'], ""), "{phrase} is nobody");
        }
        for name in
            ["查良镛", "任正非", "单田芳", "解晓东", "应勇", "薄熙来", "曾国藩", "过大江", "万俟卨", "查尔顿"]
        {
            assert_eq!(named(name), format!("[{name}]"));
        }
    }

    #[test]
    fn a_phrase_at_the_head_of_a_clause_is_no_name_and_a_name_there_is_one() {
        for text in [
            "查酒驾的人来了，查地图的人走了",
            "曾随军出征，任湖广总督",
            "薄薄的一层冰",
            "[解晓东]唱了一首歌，[查良镛]写了小说",
            "鼓掌的有[曾平江]、[单菊]、[应勇]",
        ] {
            assert_eq!(named(&text.replace(['[', ']'], "")), text);
        }
    }

    #[test]
    fn a_name_shown_once_is_believed_again() {
        let text = "记者陈小明报道，陈小明说";
        assert_eq!(named(text), "记者[陈小明]报道，[陈小明]说");
    }

    #[test]
    fn what_recurs_is_more_probably_a_name_and_a_word_that_recurs_is_none() {
        let text = "卢比奥是主席。背后都可以看到卢比奥和梅嫩德斯的身影。卢比奥没有回应。";
        let expected = "[卢比奥]是主席。背后都可以看到[卢比奥]和梅嫩德斯的身影。[卢比奥]没有回应。";
        assert_eq!(named(text).replace("[梅嫩德斯]", "梅嫩德斯"), expected);
        let holiday = "黄金周到了，黄金周的第一天人很多。今年黄金周天气好。";
        assert_eq!(named(holiday), holiday);
    }

    #[test]
    fn a_name_is_whole_wherever_it_stands() {
        let text =
            "记者彭静旋报道。“我只是会弹。”彭静旋想学习更多技巧。虽然彭静旋生于华夏，但彭静旋说她爱音乐。";
        assert_eq!(named(text).matches("[彭静旋]").count(), 4, "{}", named(text));
        let speaks = "校长刘明说他不走。刘明坦言自己也怕。";
        assert_eq!(named(speaks), "校长[刘明]说他不走。[刘明]坦言自己也怕。");
    }

    #[test]
    fn the_running_sum_is_the_sum_of_the_features() {
        let text = "总统奥马尔·哈桑·艾哈迈德会见克雷尼科夫";
        let list = WordList::default();
        let pieces = Pieces::lay(text, |laid| list.for_text(text).cut(text.len(), laid));
        let line = Line::new(&pieces);
        let (mut scorer, mut seen) = (Scorer::default(), 0);
        candidates(&line, table::surname, table::sound, |candidate| {
            if candidate.shape == Shape::Foreign {
                let mut sum = 0;
                evidence::inside(&line, candidate, |feature| sum += table::weight(feature));
                assert_eq!(scorer.foreign(&line, candidate), sum);
                seen += 1;
            }
        });
        assert!(seen > 10, "{seen} candidates");
    }
}
