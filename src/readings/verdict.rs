//! The verdict of a rung on the reading of a token.

use smallvec::{SmallVec, smallvec};

use crate::pinyin::Syllable;
use crate::words::{Evidence, Rule};

/// One hanzi as a rung reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    pub syllable: Syllable,
    /// Whether it needs no mark.
    pub sure: bool,
    pub evidence: Evidence,
    pub rule: Rule,
}

/// The reading of a token: something or nothing for each of its hanzi.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Four in place: nearly every token has no more, and then no rung allocates.
    hanzi: SmallVec<[Option<Heard>; 4]>,
    /// The line of the rules' file that decided, for those who ask why.
    pub line: Option<u32>,
}

impl Verdict {
    /// The verdict on a token of so many hanzi before any rung has read one.
    pub fn open(hanzi: usize) -> Self {
        Self { hanzi: smallvec![None; hanzi], line: None }
    }

    /// A reading of the whole token, all of whose hanzi share all but the syllable.
    pub fn whole(
        syllables: impl IntoIterator<Item = Syllable>,
        sure: bool,
        evidence: Evidence,
        rule: Rule,
    ) -> Self {
        let heard = |syllable| Some(Heard { syllable, sure, evidence, rule });
        Self { hanzi: syllables.into_iter().map(heard).collect(), line: None }
    }

    /// From line `line` of a file of rules.
    pub fn by_line(self, line: u32) -> Self {
        Self { line: Some(line), ..self }
    }

    /// This verdict with the hanzi changed for which `change` gives something; nothing where it gives none.
    pub fn with(&self, mut change: impl FnMut(usize, Option<Heard>) -> Option<Heard>) -> Option<Self> {
        let mut changed = None;
        for (i, &before) in self.hanzi.iter().enumerate() {
            if let Some(heard) = change(i, before) {
                changed.get_or_insert_with(|| SmallVec::from_slice(&self.hanzi))[i] = Some(heard);
            }
        }
        changed.map(|hanzi| Self { hanzi, line: None })
    }

    /// The hanzi number `i`, where something is known of it.
    pub fn at(&self, i: usize) -> Option<Heard> {
        self.hanzi.get(i).copied().flatten()
    }

    /// All hanzi in their order.
    pub fn each(&self) -> impl Iterator<Item = Option<Heard>> {
        self.hanzi.iter().copied()
    }

    /// The syllables, where each hanzi has one.
    pub fn syllables(&self) -> Option<SmallVec<[Syllable; 4]>> {
        self.hanzi.iter().map(|heard| Some((*heard)?.syllable)).collect()
    }

    /// Whether no hanzi needs a mark.
    pub fn is_sure(&self) -> bool {
        self.hanzi.iter().flatten().all(|heard| heard.sure)
    }

    /// The strongest evidence. The article's counts only where it gave every hanzi.
    pub fn evidence(&self) -> Evidence {
        let all = || self.hanzi.iter().flatten().map(|heard| heard.evidence);
        let given = all().all(|evidence| evidence == Evidence::Article);
        let own = all().filter(|&evidence| given || evidence != Evidence::Article).max();
        own.unwrap_or(Evidence::Character)
    }

    /// The highest rung that had a say.
    pub fn rule(&self) -> Rule {
        self.hanzi.iter().flatten().map(|heard| heard.rule).max().unwrap_or(Rule::Character)
    }
}
