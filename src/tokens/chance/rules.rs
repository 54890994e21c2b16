//! The rules of `data/chance.txt`, as `build/chance.rs` compiles them, and whether one holds at a place.

use std::sync::LazyLock;

use crate::hanzi::CharSet;
use crate::tokens::numbers::{begins_number, is_numeral};
use crate::tokens::pieces::Piece;
use crate::tokens::{Kind, lists};

/// A line of `chance.txt`: where a word of the list is two, of which the first has one hanzi.
pub struct Rule {
    pub word: &'static str,
    /// Also where it was taken for a name.
    pub names: bool,
    /// One of these lists of conditions must hold as a whole; a condition stands with what it has to be.
    pub any: &'static [&'static [(bool, Where)]],
    /// Hanzi of the next piece that belong to the second word.
    pub takes: &'static str,
    pub line: u32,
}

/// The conditions on the words beside. In lists `*` stands for anything before or after.
pub enum Where {
    Always,
    Ends,
    Begins,
    First,
    Counts,
    Counted,
    Named,
    Before(&'static [&'static str]),
    After(&'static [&'static str]),
    Second(&'static [&'static str]),
    Earlier(&'static [&'static str]),
    Within(usize, &'static [&'static str]),
}

include!(concat!(env!("OUT_DIR"), "/chance.rs"));

/// The neighbours of a piece. Those before it are cut already.
#[derive(Clone, Copy)]
pub struct Neighbours<'p> {
    pub text: &'p str,
    pub done: &'p [Piece],
    pub after: &'p [Piece],
}

impl Rule {
    /// The rule about a word, if there is one.
    pub fn about(word: &str) -> Option<&'static Self> {
        static KNOWN: LazyLock<CharSet> =
            LazyLock::new(|| CharSet::new(RULES.iter().filter_map(|rule| rule.word.chars().next())));
        if !KNOWN.begins(word) {
            return None;
        }
        RULES.binary_search_by(|rule| rule.word.cmp(word)).ok().map(|at| &RULES[at])
    }

    /// Whether the word is two between these neighbours.
    pub fn holds(&self, beside: &Neighbours<'_>) -> bool {
        self.any.iter().any(|all| all.iter().all(|(expected, one)| beside.is(one) == *expected))
    }
}

impl Neighbours<'_> {
    fn is(&self, asked: &Where) -> bool {
        let (before, next) = (self.done.last(), self.after.first());
        let of = |piece: Option<&Piece>| piece.map_or("", |piece| piece.of(self.text));
        let ends = |piece: Option<&Piece>| piece.is_none_or(|piece| piece.kind == Kind::Other);
        let is_one_of =
            |words: &[&str], text: &str| !text.is_empty() && words.iter().any(|word| fits(word, text));
        match asked {
            Where::Always => true,
            Where::Ends => ends(next),
            Where::Begins => ends(before),
            Where::First => before.is_none(),
            Where::Counts => {
                next.is_some_and(|next| next.kind == Kind::Number)
                    || begins_number(of(next))
                    || lists::COUNTS.contains(of(next))
            }
            Where::Counted => {
                before.is_some_and(|before| before.kind == Kind::Number) || is_numeral(of(before))
            }
            Where::Named => next.is_some_and(|next| next.kind.is_name()),
            Where::Before(words) => is_one_of(words, of(before)),
            Where::After(words) => is_one_of(words, of(next)),
            Where::Earlier(words) => is_one_of(words, of(self.done.iter().nth_back(1))),
            Where::Second(words) => is_one_of(words, of(self.after.get(1))),
            Where::Within(many, words) => {
                let clause = self.after.iter().take(*many).take_while(|piece| piece.kind != Kind::Other);
                clause.into_iter().any(|piece| is_one_of(words, piece.of(self.text)))
            }
        }
    }
}

fn fits(word: &str, text: &str) -> bool {
    match (word.strip_prefix('*'), word.strip_suffix('*')) {
        (Some(end), _) => text.ends_with(end),
        (None, Some(start)) => text.starts_with(start),
        (None, None) => text == word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::tokens::Segmenter;

    /// The lines of the file with their numbers, in fields.
    fn lines() -> impl Iterator<Item = (u32, Vec<&'static str>)> {
        let rules = |line: &&str| !line.is_empty() && !line.starts_with('#');
        let lines = (1..).zip(include_str!("../data/chance.txt").lines());
        lines.filter(move |(_, line)| rules(line)).map(|(n, line)| (n, line.split(" | ").collect()))
    }

    #[test]
    fn every_line_cuts_where_it_says_and_nowhere_else() {
        let segmenter = Segmenter::new(Dictionary::embedded());
        let mut faults = Vec::new();
        for (number, fields) in lines() {
            let [word, _, pro, contra, ..] = fields[..] else { panic!("line {number}") };
            let rule = Rule::about(word.trim_start_matches('^')).expect("a rule");
            assert_eq!(rule.line, number);
            let place = pro.find('/').expect("a cut");
            let text = pro.replace('/', "");
            let by_line = |step: &&crate::tokens::Step| step.line == Some(number);
            let why = segmenter.why(&text);
            if !why.iter().any(|step| {
                Some(step).filter(by_line).is_some() && step.after.iter().any(|piece| piece.start() == place)
            }) {
                faults.push(format!("line {number} doesn't cut {pro}"));
            }
            let tokens = segmenter.cut(&text);
            if !tokens.iter().any(|token| token.span.start() == place) {
                faults.push(format!("line {number}: {pro} is whole in the end"));
            }
            if segmenter.why(contra).iter().any(|step| by_line(&step)) {
                faults.push(format!("line {number} cuts {contra}"));
            }
            let whole = |token: &crate::tokens::Token| token.span.of(contra).contains(rule.word);
            let always = matches!(rule.any, [[(true, Where::Always)]]);
            if !always && !segmenter.cut(contra).iter().any(whole) {
                faults.push(format!("line {number}: {contra} hasn't the word whole"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
