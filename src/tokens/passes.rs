//! The passes: one by one, whatever jieba cannot know.

use super::amend::Amendments;
use super::jieba::Words;
use super::pieces::{Piece, Pieces};
use super::{chance, mend, names, numbers, organisations, roads, seams, terms};
use crate::dictionary::Dictionary;

/// The resources of a pass.
pub(super) struct Cutting<'c> {
    /// The text in simplified hanzi.
    pub text: &'c str,
    pub dictionary: Dictionary,
    pub words: &'c Words,
    /// The learner's amendments.
    pub amendments: &'c Amendments,
}

/// One way of joining pieces, cutting them or telling what they are.
pub(super) struct Pass {
    pub name: &'static str,
    pub run: fn(&Cutting<'_>, &mut Pieces<'_>),
}

/// The passes in their order. Names come first, because whatever is done to their hanzi hides them. Then words are cut
/// that chance made of neighbours, while what stands beside them is still as jieba cut it; numbers after that, because
/// such a cut may free a numeral (算|了|一笔账). Forms that repeat a hanzi are joined last of the rules, out of what no
/// number wanted, and terms are proposed from what is left. The learner has the last word.
pub(super) static PASSES: [Pass; 12] = [
    Pass { name: "seams", run: |c, pieces| seams::mend(c.dictionary, pieces) },
    Pass { name: "names", run: |c, pieces| names::find(c.words, pieces) },
    Pass { name: "organisations", run: |_, pieces| organisations::mark(pieces) },
    Pass { name: "roads", run: |_, pieces| roads::join(pieces) },
    Pass { name: "chance", run: |_, pieces| chance::split(pieces) },
    Pass { name: "once-more", run: |_, pieces| chance::once_more(pieces) },
    Pass { name: "decimals", run: |_, pieces| numbers::decimals::free(pieces) },
    Pass { name: "freed-numerals", run: |c, pieces| numbers::free(c.dictionary, pieces) },
    Pass { name: "numbers", run: |_, pieces| numbers::join(pieces) },
    Pass { name: "mended", run: |c, pieces| mend::join(c.dictionary, pieces) },
    Pass { name: "terms", run: |_, pieces| terms::propose(pieces) },
    Pass { name: "learner", run: |c, pieces| c.amendments.apply(pieces) },
];

/// The change by a pass to one stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The pass.
    pub pass: &'static str,
    /// The line of its file of rules, where it has one.
    pub line: Option<u32>,
    /// The pieces as the pass found them; none for jieba, which comes first.
    pub before: Vec<Piece>,
    /// The pieces as it left them. Both lists tile the same stretch.
    pub after: Vec<Piece>,
}

impl Pass {
    /// The stretches in which the pieces after this pass are others than before it.
    pub fn changes(&self, text: &str, before: &[Piece], after: &[Piece]) -> Vec<Step> {
        let mut steps = Vec::new();
        let (mut old, mut new) = (before, after);
        while let ([a, old_rest @ ..], [b, new_rest @ ..]) = (old, new) {
            if (a.start(), a.end(), a.kind, a.proposed) == (b.start(), b.end(), b.kind, b.proposed) {
                (old, new) = (old_rest, new_rest);
                continue;
            }
            let (mut i, mut j) = (1, 1);
            while let (Some(a), Some(b)) = (old.get(i - 1), new.get(j - 1))
                && a.end() != b.end()
            {
                if a.end() < b.end() { i += 1 } else { j += 1 }
            }
            let (changed, left) = old.split_at(i.min(old.len()));
            let (made, rest) = new.split_at(j.min(new.len()));
            let line =
                changed.first().filter(|_| self.name == "chance").and_then(|p| chance::line(p.of(text)));
            steps.push(Step { pass: self.name, line, before: changed.to_vec(), after: made.to_vec() });
            (old, new) = (left, rest);
        }
        steps
    }
}
