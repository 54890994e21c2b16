//! HSK levels, in the three lists that are in use, named apart because they differ on 41.5 % of the words that
//! they share.

use std::fmt;

use crate::named::named;

named! {
    /// Which word list.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum HskVersion {
        /// HSK 2.0, six levels, as published in 2015.
        V2015 = "2015" | "2.0",
        /// The proficiency standard GF0025-2021, levels 1 to 6 and 7–9.
        V2021 = "2021",
        /// The examination syllabus of 2025, in force from July 2026.
        V2025 = "2025" | "3.0",
    }
    else "is no HSK version; known are 2015, 2021 and 2025"
}

/// A level of one list: 1 to 6, and 7 for the band 7–9 that the newer lists don't divide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HskLevel(u8);

impl HskLevel {
    /// The band 7–9.
    pub const SEVEN_TO_NINE: Self = Self(7);

    /// Level 1 to 6; 7, 8 and 9 are one band.
    #[must_use]
    pub fn new(level: u8) -> Option<Self> {
        match level {
            1..=7 => Some(Self(level)),
            8 | 9 => Some(Self::SEVEN_TO_NINE),
            _ => None,
        }
    }

    /// 1 to 7, where 7 stands for 7–9.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }

    /// `1` to `6`, `7-9`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self.0 {
            1 => "1",
            2 => "2",
            3 => "3",
            4 => "4",
            5 => "5",
            6 => "6",
            _ => "7-9",
        }
    }
}

impl fmt::Display for HskLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The levels of a word in the three lists. A word that a list has twice (another sense, another reading) has
/// the lower level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hsk {
    masks: [u8; 3],
}

impl Hsk {
    pub(super) fn from_masks(masks: [u8; 3]) -> Self {
        Self { masks }
    }

    /// The level in one list, if it has the word.
    #[must_use]
    pub fn level(self, version: HskVersion) -> Option<HskLevel> {
        let mask = self.masks[version as usize];
        (mask != 0).then(|| HskLevel(u8::try_from(mask.trailing_zeros() + 1).unwrap_or(7)))
    }

    /// Both together, for a word whose entries are listed apart.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let mut masks = self.masks;
        masks.iter_mut().zip(other.masks).for_each(|(mine, theirs)| *mine |= theirs);
        Self { masks }
    }
}
