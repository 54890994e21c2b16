//! Which words a text means: dictionary form and readings, from either script, with or without pinyin.
//!
//! A bare word means all its readings and `长 cháng` one; a traditional form means only the readings that are
//! written so, so that 發 never marks 发 fà. Readings come from the dictionary and from what the library has.

use super::candidates::{Candidates, candidates};
use super::pieces::pieces;
use super::unreadable::Unreadable;
pub use crate::dictionary::Script;
use crate::dictionary::{Dictionary, Shadow, hanzi_readings};
use crate::hanzi::{self, Headword, is_hanzi, seen};
use crate::pinyin::fit::{Fit, Typed, is_pinyin};
use crate::pinyin::{Reading, Syllable};
use crate::words::WordKey;

/// Longest text that is taken for a word without a dictionary's word for it.
const LONGEST_UNLISTED: usize = 4;
/// How many words of a mixed text can be its pinyin.
const LONGEST_READING: usize = 8;
/// The most bytes of a text, and of a reading, that are looked at: no word and no reading is longer, and what goes on
/// so long is an essay, or was made to keep us busy.
const LONGEST: usize = 4096;
/// Most readings that can stand beside one word.
const MOST_READINGS: usize = 16;
/// Most words that one text can name with marks that mean "or".
const MOST_ALTERNATIVES: usize = 3;

/// Finds words.
#[derive(Clone, Copy)]
pub struct Lookup<'a> {
    dictionary: Dictionary,
    library: &'a (dyn Fn(&Headword) -> Vec<WordKey> + Sync),
}

impl<'a> Lookup<'a> {
    /// `library` gives the words that the library has under a headword: those that no dictionary lists, and
    /// readings that a dictionary lacks.
    #[must_use]
    pub fn new(dictionary: Dictionary, library: &'a (dyn Fn(&Headword) -> Vec<WordKey> + Sync)) -> Self {
        Self { dictionary, library }
    }

    /// The words that `text` names; `reading` is the pinyin that belongs to it, if there is any.
    ///
    /// # Errors
    /// Why there is none.
    pub fn words(&self, text: &str, reading: &str, script: Script) -> Result<Vec<WordKey>, Unreadable> {
        let (text, reading) = (beginning(text, LONGEST), beginning(reading, LONGEST));
        if is_other_language(text) {
            return Err(Unreadable::OtherLanguage);
        }
        let mut lines = text.lines().skip_while(|line| !line.chars().any(is_hanzi));
        let Some(line) = lines.next() else { return Err(Unreadable::NoHanzi) };
        if hanzi::count(line) > 40 {
            return Err(Unreadable::Sentence);
        }
        let found = pieces(line);
        if found.whole.is_empty() {
            return Err(Unreadable::NoHanzi);
        }
        // The text beside the hanzi may be pinyin or a gloss; only sure pinyin counts.
        let beside =
            format!("{} {}", found.latin, lines.find(|l| !l.chars().any(is_hanzi)).unwrap_or_default());
        let beside = beside.trim();
        let reading = if reading.trim().is_empty() { beside } else { reading.trim() };

        if let Some(with) = optional_er(&found.whole, &found.bracketed) {
            let both = [with.as_str(), found.whole.as_str()]
                .map(|form| self.one(form, if form == with { reading } else { "" }, None, script));
            if both.iter().any(|r| matches!(r, Ok(Some(_)))) {
                return Ok(unique(both.into_iter().flatten().flatten().flatten()));
            }
        }
        let other = found.bracketed.first().map(String::as_str);
        if !found.alternatives
            && let Some(keys) = self.one(&found.whole, reading, other, script)?
        {
            return Ok(keys);
        }
        if found.parts.len() > 1
            && let Some(keys) = self.parts(&found.parts, found.alternatives, reading, script)?
        {
            return Ok(keys);
        }
        if found.clauses || hanzi::count(&found.whole) > LONGEST_UNLISTED || found.parts.len() > 1 {
            return Err(Unreadable::Sentence);
        }
        self.unlisted(&found.whole, reading)
    }

    /// The words that `text` names with just this reading. Beside a word of a note may stand what is no pinyin; who
    /// writes `长=foo` has made a mistake.
    ///
    /// # Errors
    /// Why there is none.
    pub fn exactly(&self, text: &str, reading: &str, script: Script) -> Result<Vec<WordKey>, Unreadable> {
        let (text, reading) = (beginning(text, LONGEST), beginning(reading, LONGEST));
        if !text.chars().any(is_hanzi) {
            return Err(Unreadable::NoHanzi);
        }
        let parts = alternatives(reading);
        let fits = !parts.is_empty()
            && parts.len() <= MOST_READINGS
            && parts.iter().all(|part| self.reading_in(text, part, script) == Some(part));
        if !fits {
            return Err(Unreadable::no_such_reading(text, reading));
        }
        self.words(text, reading, script)
    }

    /// Several forms side by side: of one word, or alternatives.
    fn parts(
        &self,
        parts: &[String],
        alternatives: bool,
        reading: &str,
        script: Script,
    ) -> Result<Option<Vec<WordKey>>, Unreadable> {
        let mut each = Vec::with_capacity(parts.len());
        for part in parts {
            // A reading beside several words belongs to all of them together, so to none alone.
            match self.one(part, reading, None, script).or_else(|_| self.one(part, "", None, script))? {
                Some(keys) if !keys.is_empty() => each.push(keys),
                _ => return Ok(None),
            }
        }
        let same = each.iter().flatten().all(|key| key.headword == each[0][0].headword);
        if same {
            // One of them is the traditional form, which has no more readings than the simplified one.
            return Ok(each.into_iter().min_by_key(Vec::len));
        }
        Ok((alternatives && each.len() <= MOST_ALTERNATIVES).then(|| unique(each.into_iter().flatten())))
    }

    /// The word of this very form, if the dictionary or the library has it; `other` may be its other form.
    fn one(
        &self,
        form: &str,
        reading: &str,
        other: Option<&str>,
        script: Script,
    ) -> Result<Option<Vec<WordKey>>, Unreadable> {
        let groups = self.candidates(form, other, script);
        let Some(first) = groups.first() else { return Ok(None) };
        let typed = Typed::new(reading);
        let Some(typed) = typed.filter(|t| t.toned() || is_pinyin(reading)) else {
            return Ok(Some(first.keys(|_| true)));
        };
        let mut best: Option<(Fit, &Candidates)> = None;
        for group in &groups {
            let fits = group.readings.iter().filter_map(|r| typed.fit(group.headword.as_str(), r)).min();
            if let Some(fit) = fits
                && best.is_none_or(|(so_far, _)| fit < so_far)
            {
                best = Some((fit, group));
            }
        }
        if let Some((fit, group)) = best {
            let keys = group.keys(|r| typed.fit(group.headword.as_str(), r) == Some(fit));
            if fit < Fit::OtherTone || keys.len() == 1 {
                return Ok(Some(keys));
            }
        }
        let alternatives = alternatives(reading);
        if (2..=MOST_READINGS).contains(&alternatives.len()) {
            let found =
                alternatives.iter().filter_map(|part| self.one(form, part, other, script).ok().flatten());
            let found = unique(found.flatten());
            if !found.is_empty() {
                return Ok(Some(found));
            }
        }
        // One reading is the word's, whatever was typed: a Taiwan reading, a slip. Of several we'd have to guess.
        if first.readings.len() == 1 || !(typed.toned() && is_pinyin(reading)) {
            return Ok(Some(first.keys(|_| true)));
        }
        Err(Unreadable::no_such_reading(form, reading))
    }

    fn candidates(&self, form: &str, other: Option<&str>, script: Script) -> Vec<Candidates> {
        candidates(self.dictionary, self.library, form, other, script)
    }

    /// A word that no dictionary has, with the pinyin beside it.
    fn unlisted(&self, form: &str, reading: &str) -> Result<Vec<WordKey>, Unreadable> {
        seen(form).map_err(Unreadable::Unseen)?;
        let simple = Shadow::of(form).into_simple();
        let unknown = || Unreadable::unknown(form);
        let typed = Typed::new(reading).filter(Typed::toned).ok_or_else(unknown)?;
        let headword = Headword::new(&simple).map_err(|_| unknown())?;
        let syllables = typed.any_of(&simple, &self.each(&simple)).ok_or_else(unknown)?;
        let reading = Reading::new(&headword, syllables).map_err(|_| unknown())?;
        Ok(vec![WordKey { headword, reading }])
    }

    /// The pinyin in `value` of the word that `text` names: all of it, its first line, or what that begins with
    /// (`cháng - long`). `None` where nothing in it reads the word.
    #[must_use]
    pub fn reading_in<'v>(&self, text: &str, value: &'v str, script: Script) -> Option<&'v str> {
        let (text, value) = (beginning(text, LONGEST), beginning(value, LONGEST));
        let line = text.lines().find(|line| line.chars().any(is_hanzi)).unwrap_or_default();
        let found = pieces(line);
        let form = found.parts.first().filter(|_| found.parts.len() > 1).unwrap_or(&found.whole);
        let groups = self.candidates(form, None, script);
        let simple = Shadow::of(form).into_simple();
        let reads = |part: &str| {
            let Some(typed) = Typed::new(part) else { return false };
            if groups.is_empty() && typed.toned() && hanzi::count(&simple) <= LONGEST_UNLISTED {
                return typed.any_of(&simple, &self.each(&simple)).is_some();
            }
            groups
                .iter()
                .any(|group| group.readings.iter().any(|r| typed.fit(group.headword.as_str(), r).is_some()))
        };
        if reads(value) {
            return Some(value);
        }
        let first = value.lines().next().unwrap_or_default();
        let ends: Vec<usize> = first
            .char_indices()
            .filter(|(_, c)| c.is_whitespace())
            .map(|(at, _)| at)
            .take(LONGEST_READING)
            .chain([first.len()])
            .collect();
        ends.into_iter().rev().map(|end| first[..end].trim()).find(|part| !part.is_empty() && reads(part))
    }

    fn each(&self, simple: &str) -> Vec<Vec<Syllable>> {
        simple.chars().filter(|&c| is_hanzi(c)).map(|c| hanzi_readings(self.dictionary, c)).collect()
    }

    /// The script in which `forms` are written, by majority of those that are in one script only.
    #[must_use]
    pub fn script<'t>(&self, forms: impl Iterator<Item = &'t str>) -> Script {
        let (mut simplified, mut traditional) = (0_usize, 0_usize);
        for form in forms {
            let form = beginning(form, LONGEST).lines().next().unwrap_or_default();
            let form = pieces(form).parts.into_iter().next();
            let Some(form) = form else { continue };
            match (self.dictionary.find(&form), self.dictionary.find_traditional(&form)) {
                (None, Some(_)) => traditional += 1,
                (Some(word), None) if word.entries().all(|entry| entry.traditional != form) => {
                    simplified += 1
                }
                _ => {}
            }
        }
        if traditional > simplified { Script::Traditional } else { Script::Simplified }
    }
}

/// `一点(儿)`: the form with 儿, where 儿 is what stands in brackets.
fn optional_er(whole: &str, bracketed: &[String]) -> Option<String> {
    match bracketed {
        [one] if one == "儿" || one == "兒" => Some(format!("{whole}{one}")),
        _ => None,
    }
}

/// The readings side by side in a reading: `cháng, zhǎng`.
fn alternatives(reading: &str) -> Vec<&str> {
    let marks = [',', ';', '/', '|', '、', '，', '；'];
    reading.split(marks).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// At most so many bytes of the beginning of a text.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn unique(keys: impl Iterator<Item = WordKey>) -> Vec<WordKey> {
    let mut all: Vec<WordKey> = Vec::new();
    for key in keys {
        if !all.contains(&key) {
            all.push(key);
        }
    }
    all
}

/// Kana or hangul: the text is Japanese or Korean, hanzi or not.
#[must_use]
pub fn is_other_language(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{AC00}'..='\u{D7A3}'))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn nothing(_: &Headword) -> Vec<WordKey> {
        Vec::new()
    }

    pub(in crate::learned) fn lookup() -> Lookup<'static> {
        Lookup::new(Dictionary::embedded(), &nothing)
    }

    /// `长 cháng, 长 zhǎng` as `长 chang2|长 zhang3`.
    fn words(text: &str, reading: &str, script: Script) -> String {
        match lookup().words(text, reading, script) {
            Ok(keys) => {
                let mut keys: Vec<String> =
                    keys.iter().map(|k| format!("{} {}", k.headword, k.reading)).collect();
                keys.sort();
                keys.join("|")
            }
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn a_bare_word_means_all_its_readings_and_pinyin_one() {
        for (text, reading, expected) in [
            ("公司", "", "公司 gong1 si1"),
            ("长", "", "长 chang2|长 zhang3"),
            ("长", "cháng", "长 chang2"),
            ("长", "zhang3", "长 zhang3"),
            ("长 cháng", "", "长 chang2"),
            ("长(zhǎng)", "", "长 zhang3"),
            ("长zhǎng", "", "长 zhang3"),
            ("长", "cháng, zhǎng", "长 chang2|长 zhang3"),
            ("长", "long; to grow", "长 chang2|长 zhang3"),
            ("長", "cháng", "长 chang2"),
            ("長", "", "长 chang2|长 zhang3"),
            ("發", "", "发 fa1"),
            ("髮", "", "发 fa4"),
            ("发[髮]", "", "发 fa4"),
            ("发|發", "", "发 fa1"),
            ("学生 學生", "", "学生 xue2 sheng5"),
            ("学生", "xuésheng", "学生 xue2 sheng5"),
            ("学生 student", "", "学生 xue2 sheng5"),
            ("学生\nxuésheng\nstudent", "", "学生 xue2 sheng5"),
            ("买/卖", "", "买 mai3|卖 mai4"),
            ("一点（儿）", "", "一点 yi1 dian3|一点儿 yi1 dian3 r5"),
            ("卡拉OK", "kǎlā OK", "卡拉OK ka3 la1"),
            ("你好！", "", "你好 ni3 hao3"),
            ("垃圾", "lèsè", "垃圾 la1 ji1"),
            ("臺灣", "", "台湾 tai2 wan1"),
        ] {
            assert_eq!(words(text, reading, Script::Simplified), expected, "{text} {reading}");
        }
    }

    #[test]
    fn a_form_of_both_scripts_is_read_in_the_script_of_its_list() {
        assert!(words("乾", "", Script::Simplified).starts_with("乾 qian2"));
        assert_eq!(words("乾", "gān", Script::Simplified), "干 gan1");
        assert!(words("乾", "", Script::Traditional).starts_with("干 gan1"));
        assert!(!words("干", "", Script::Traditional).contains("gan4"));
        assert_eq!(lookup().script(["學生", "公司", "國家"].into_iter()), Script::Traditional);
        assert_eq!(lookup().script(["学生", "公司", "國家"].into_iter()), Script::Simplified);
    }

    #[test]
    fn what_is_no_word_says_why() {
        for (text, reading, expected) in [
            ("", "", "NoHanzi"),
            ("student", "", "NoHanzi"),
            ("学生です", "", "OtherLanguage"),
            ("我是学生，你呢？", "", "Sentence"),
            ("我 是 学生", "", "Sentence"),
            ("他昨天去北京了", "", "Sentence"),
            ("小模型", "", "Unknown(\"小模型\")"),
            ("小模型", "xiǎo móxíng", "小模型 xiao3 mo2 xing2"),
            ("长", "gāng", "NoSuchReading { word: \"长\", pinyin: \"gāng\" }"),
        ] {
            assert_eq!(words(text, reading, Script::Simplified), expected, "{text}");
        }
    }

    #[test]
    fn the_pinyin_is_found_at_the_head_of_a_mixed_text() {
        for (word, value, expected) in [
            ("长", "cháng\nlong", Some("cháng")),
            ("长", "cháng - long", Some("cháng -")),
            ("长", "long, to grow", None),
            ("学生", "xué sheng student", Some("xué sheng")),
            ("小模型", "xiǎo móxíng a small model", Some("xiǎo móxíng")),
            ("小模型", "a small model", None),
            ("公司", "", None),
        ] {
            assert_eq!(lookup().reading_in(word, value, Script::Simplified), expected, "{word} {value}");
        }
    }

    #[test]
    fn the_library_knows_words_that_no_dictionary_has() {
        let library = |headword: &Headword| {
            let reading = Reading::parse("小模型", "xiao3 mo2 xing2").expect("a reading");
            if headword.as_str() == "小模型" {
                vec![WordKey { headword: headword.clone(), reading }]
            } else {
                Vec::new()
            }
        };
        let lookup = Lookup::new(Dictionary::embedded(), &library);
        assert_eq!(lookup.words("小模型", "", Script::Simplified).map(|k| k.len()), Ok(1));
    }
}
