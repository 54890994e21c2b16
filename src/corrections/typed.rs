//! The reading of a word from pinyin as people type it: with blanks between syllables or without, with tone marks or
//! numbers.

use std::fmt;

use crate::dictionary::{Dictionary, hanzi_readings};
use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::fit::{Fit, Typed};
use crate::pinyin::{Reading, Syllable, parse, sandhi, write};

/// Why some pinyin is no reading of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedError {
    /// The fault.
    pub what: String,
    /// How it is written.
    pub hint: String,
}

impl fmt::Display for TypedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// The reading.
///
/// # Errors
/// When it is no pinyin, has no tones, or hasn't a syllable for each hanzi.
pub fn typed_reading(headword: &Headword, pinyin: &str) -> Result<Reading, TypedError> {
    let dictionary = Dictionary::embedded();
    let wrong = |what: String| {
        let word = dictionary.find(headword.as_str());
        let syllables = word.and_then(|word| word.readings().into_iter().next());
        let example = syllables.map_or_else(|| "zhǎng dà".to_owned(), |s| write::spaced(&s));
        let hint =
            format!("write it with tone marks or numbers, one syllable for each hanzi, such as {example}");
        TypedError { what, hint }
    };
    let none = || wrong(format!("“{pinyin}” is no pinyin"));
    let signs = parse::signs(pinyin).ok_or_else(none)?;
    let fewest = parse::fewest_syllables(&signs).ok_or_else(none)?;
    let mut cuts = parse::cuts(&signs, headword.hanzi());
    // 西安 xian: of several ways to cut, the one in which each hanzi has a reading of its own.
    let pairs = |cut: &[parse::Written]| -> Vec<(char, Syllable)> {
        let hanzi = headword.as_str().chars().filter(|&c| is_hanzi(c));
        hanzi.zip(cut.iter().map(|written| written.syllable)).collect()
    };
    let has = |hanzi, syllable| hanzi_readings(dictionary, hanzi).contains(&syllable);
    // A lone n, ng, m or r is the reading of a few hanzi only: 银行 yín is no yí and n.
    let sounds = |&(hanzi, syllable): &(char, Syllable)| {
        syllable.base().contains(['a', 'e', 'ê', 'i', 'o', 'u', 'ü'])
            || (hanzi == '儿' && syllable.is_erhua())
            || has(hanzi, syllable)
    };
    cuts.retain(|cut| pairs(cut).iter().all(sounds));
    cuts.sort_by_key(|cut| pairs(cut).iter().filter(|&&(hanzi, syllable)| !has(hanzi, syllable)).count());
    let Some(cut) = cuts.into_iter().next() else {
        let hanzi = headword.hanzi();
        let syllables = if fewest == 1 { "1 syllable".to_owned() } else { format!("{fewest} syllables") };
        return Err(wrong(format!("{headword} has {hanzi} hanzi, but “{pinyin}” has {syllables}")));
    };
    let mut syllables: Vec<_> = cut.iter().map(|written| written.syllable).collect();
    let listed = dictionary.find(headword.as_str()).is_some_and(|word| word.readings().contains(&syllables));
    if cut.iter().all(|written| !written.toned) && !listed {
        return Err(wrong(format!("“{pinyin}” has no tones")));
    }
    if !listed {
        syllables = cited(headword, pinyin, &syllables, dictionary);
    }
    Reading::new(headword, syllables).map_err(|error| wrong(error.to_string()))
}

/// The citation form of what may be written as it is spoken (一个 yígè): the dictionary's reading of the word, or that of
/// each hanzi where no dictionary has the word.
fn cited(headword: &Headword, pinyin: &str, written: &[Syllable], dictionary: Dictionary) -> Vec<Syllable> {
    let typed = Typed::new(pinyin);
    let is_spoken = |reading: &Vec<Syllable>| {
        typed.as_ref().and_then(|typed| typed.fit(headword.as_str(), reading)) == Some(Fit::Sandhi)
    };
    let word = dictionary.find(headword.as_str());
    if let Some(reading) = word.and_then(|word| word.readings().into_iter().find(is_spoken)) {
        return reading;
    }
    let hanzi = headword.as_str().chars().filter(|&c| is_hanzi(c));
    hanzi.zip(written).map(|(hanzi, &syllable)| sandhi::cited(hanzi, syllable).unwrap_or(syllable)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str, pinyin: &str) -> Option<String> {
        let headword = Headword::new(word).expect("a headword");
        typed_reading(&headword, pinyin).ok().map(|reading| reading.to_string())
    }

    #[test]
    fn pinyin_is_read_as_people_type_it() {
        for (word, pinyin, expected) in [
            ("银行", "yínháng", "yin2 hang2"),
            ("银行", "Yin2hang2", "yin2 hang2"),
            ("银行", "yín háng", "yin2 hang2"),
            ("西安", "xī'ān", "xi1 an1"),
            ("西安", "xīān", "xi1 an1"),
            ("平安", "píngān", "ping2 an1"),
            ("哪儿", "nǎr", "na3 r5"),
            ("吗", "ma", "ma5"),
            ("东西", "dōngxi", "dong1 xi5"),
            ("卡拉OK", "kǎlā", "ka3 la1"),
            ("一个", "yígè", "yi1 ge4"),
            ("你好", "níhǎo", "ni3 hao3"),
            ("不像话的", "bú xiàng huà de", "bu4 xiang4 hua4 de5"),
            ("学生", "xuéshēng", "xue2 sheng1"),
        ] {
            assert_eq!(read(word, pinyin).as_deref(), Some(expected), "{word} {pinyin}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (word, pinyin) in
            [("银行", "yín"), ("银行", "yínhángde"), ("银行", "bank"), ("银行", "yinhang"), ("长", "")]
        {
            assert_eq!(read(word, pinyin), None, "{word} {pinyin}");
        }
    }
}
