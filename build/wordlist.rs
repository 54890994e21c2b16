//! Writes the word list that jieba loads: the words of CC-CEDICT, with jieba's frequencies.
//!
//! Why not jieba's own list: a learner can look up only what a dictionary holds, and on tagged news 8 % of what
//! jieba finds no dictionary has. A list a third as long also loads in a quarter of the time. Where jieba's
//! frequencies lead to cuts through words, `src/tokens/data/frequencies.txt` corrects them (`tools/segmentation`); where
//! they are older than the word, `modern.txt` does.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;
use std::{error::Error, fs};

use crate::cedict::{Entry, Word};

/// Frequencies are multiplied by this, so that a correction of a rare word is not lost in rounding.
const SCALE: f64 = 10.0;
/// The frequency of a word that jieba does not know: its own figure for a rare one.
const RARE: u64 = 3;
/// The same for a word of four hanzi and more, which hardly ever comes about by chance (乒乓球拍卖完了).
const RARE_LONG: u64 = 100;
/// The same for a word of `modern.txt`: that of 芯片.
const MODERN: u64 = 1000;
/// No word of more characters: those are titles and sayings with a pause in them.
const LONGEST: usize = 8;

/// `word frequency tag` lines, sorted by word. A tag is a letter for the kind and one for the frequency,
/// 2 ln(frequency) in base 36.
pub fn compile(words: &[Word], jieba: &Path, data: &Path) -> Result<String, Box<dyn Error>> {
    let jieba = fs::read_to_string(jieba)?;
    let mut known: HashMap<&str, (u64, &str)> = HashMap::new();
    for line in jieba.lines() {
        let mut parts = line.split(' ');
        if let (Some(word), Some(count)) = (parts.next(), parts.next()) {
            known.insert(word, (count.parse()?, parts.next().unwrap_or("")));
        }
    }
    let corrections = fs::read_to_string(data.join("frequencies.txt"))?;
    let mut change: HashMap<&str, f64> = HashMap::new();
    for (word, hundredths) in pairs(&corrections) {
        change.insert(word, hundredths.parse::<f64>()? / 100.0);
    }
    let modern = fs::read_to_string(data.join("modern.txt"))?;
    let bare = |line: &&str| !line.starts_with('#');
    let modern: HashSet<&str> = modern.lines().filter(bare).collect();
    let kinds = fs::read_to_string(data.join("kinds.txt"))?;
    let (sums, people) =
        (fs::read_to_string(data.join("sums.txt"))?, fs::read_to_string(data.join("people.txt"))?);
    let sums = sums.lines().filter(bare).map(|phrase| (phrase, '-'));
    let people = people.lines().filter(bare).map(|name| (name, 'p'));
    let kinds: HashMap<&str, char> = sums
        .chain(people)
        .chain(pairs(&kinds).filter_map(|(word, kind)| Some((word, kind.chars().next()?))))
        .collect();

    let mut list: Vec<Listed> = Vec::new();
    for word in
        words.iter().filter(|word| wanted(word, &known) || kinds.contains_key(word.simplified.as_str()))
    {
        let form = word.simplified.as_str();
        let (count, tag) = known.get(form).copied().unwrap_or((RARE, ""));
        let kind = kinds.get(form).copied().unwrap_or_else(|| kind(word, tag));
        if kind != '-' {
            let least = match form.chars().count() {
                _ if modern.contains(form) => MODERN,
                4.. => RARE_LONG,
                _ => RARE,
            };
            let frequency = count.max(least) as f64 * SCALE;
            list.push(Listed { form, frequency, kind, raise: count <= RARE || kinds.contains_key(form) });
        }
    }
    let held: HashSet<&str> = words.iter().map(|word| word.simplified.as_str()).collect();
    for (&form, &kind) in kinds.iter().filter(|(form, kind)| **kind != '-' && !held.contains(*form)) {
        list.push(Listed { form, frequency: RARE as f64 * SCALE, kind, raise: true });
    }
    for (&form, &(count, tag)) in
        known.iter().filter(|(form, _)| !held.contains(*form) && !kinds.contains_key(*form))
    {
        if is_unlisted_word(form, count, tag, &known) {
            list.push(Listed { form, frequency: count as f64 * SCALE, kind: 'j', raise: false });
        }
    }
    let unknown: Vec<&str> = modern.iter().copied().filter(|word| !held.contains(word)).collect();
    if !unknown.is_empty() {
        return Err(format!("modern.txt: no dictionary has {}", unknown.join(", ")).into());
    }
    list.sort_by_key(|word| word.form);
    raise(&mut list, |_| true);
    for word in &mut list {
        word.frequency *=
            change.get(word.form).filter(|_| !kinds.contains_key(word.form)).copied().unwrap_or(0.0).exp();
    }
    // The corrections have raised some parts over their wholes again.
    raise(&mut list, |word| !change.contains_key(word) || kinds.contains_key(word));

    let mut text = String::new();
    for Listed { form, frequency, kind, .. } in list {
        let frequency = frequency.round().max(1.0);
        let level = char::from_digit(((2.0 * frequency.ln()) as u32).min(35), 36).unwrap_or('z');
        writeln!(text, "{form} {frequency} {kind}{level}")?;
    }
    Ok(text)
}

/// The sum of the frequencies of a list.
pub fn total(list: &str) -> u64 {
    list.lines().filter_map(|line| line.split(' ').nth(1)?.parse::<u64>().ok()).sum()
}

/// A word of the list, before corrections.
struct Listed<'w> {
    form: &'w str,
    frequency: f64,
    kind: char,
    /// jieba knows no frequency for it.
    raise: bool,
}

/// Gives words that jieba does not count, and those of three hanzi and more, the frequency at which they just win
/// against the best path through shorter words: what a dictionary lists is a word, 第一时间 as well as 史上. It is
/// jieba's own `suggest_freq`, for all words at once.
fn raise(list: &mut [Listed], may: impl Fn(&str) -> bool) {
    let total: f64 = list.iter().map(|word| word.frequency).sum();
    let costs: HashMap<&str, f64> =
        list.iter().map(|word| (word.form, total.ln() - word.frequency.ln())).collect();
    for word in list.iter_mut().filter(|w| (w.raise || w.form.chars().count() >= 3) && may(w.form)) {
        let at: Vec<usize> = word.form.char_indices().map(|(at, _)| at).chain([word.form.len()]).collect();
        let length = at.len() - 1;
        if length < 2 {
            continue;
        }
        let mut best = vec![f64::INFINITY; length + 1];
        best[length] = 0.0;
        for start in (0..length).rev() {
            for end in (start + 1..=length).filter(|end| end - start < length) {
                let part = &word.form[at[start]..at[end]];
                let unknown = if end - start == 1 { total.ln() } else { f64::INFINITY };
                best[start] = best[start].min(costs.get(part).copied().unwrap_or(unknown) + best[end]);
            }
        }
        word.frequency = word.frequency.max((total.ln() - best[0]).exp() * MARGIN);
    }
}

/// By how much a raised word wins.
const MARGIN: f64 = 1.5;

/// A word of two hanzi that jieba counts and the dictionary lacks: 重拳, 特困, 雪灾. Taken where neither hanzi stands
/// alone often: then it is one word, while 坐在 and 脸上 are two. (On the corpus' training half such words are whole
/// 1,567 times and two words 190 times.)
fn is_unlisted_word(form: &str, count: u64, tag: &str, known: &HashMap<&str, (u64, &str)>) -> bool {
    let alone = |c: char| known.get(c.encode_utf8(&mut [0; 4]) as &str).map_or(0, |k| k.0);
    matches!(tag, "n" | "v" | "vn" | "a" | "z" | "b")
        && count >= 20
        && form.chars().count() == 2
        && form.chars().all(|c| crate::cedict::is_hanzi(c) && alone(c) < 16_000)
}

/// `word value` lines; `#` begins a comment.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '))
}

fn wanted(word: &Word, known: &HashMap<&str, (u64, &str)>) -> bool {
    let form = word.simplified.as_str();
    let lawful = form.chars().all(|c| crate::cedict::is_hanzi(c) || c.is_ascii_alphanumeric());
    let count = known.get(form).map_or(0, |k| k.0);
    match form.chars().count() {
        _ if !lawful => false,
        // A rare hanzi comes out of jieba alone without being listed.
        1 => count >= 100,
        // Rare old spellings make more wrong cuts than they are met.
        2 if count <= RARE && word.entries.iter().all(|e| e.minor) => false,
        2..=LONGEST => {
            let bird = |g: &String| g.starts_with("(bird species");
            count > RARE || !word.entries.iter().all(|e| e.glosses.iter().any(bird))
        }
        _ => false,
    }
}

/// A name only if every entry of the word is one: 高原 is a plateau before it is anybody.
fn kind(word: &Word, tag: &str) -> char {
    let glosses = || word.entries.iter().flat_map(|e| e.glosses.iter());
    if word.simplified.chars().count() >= 4 && (tag == "i" || glosses().any(|g| g.contains("(idiom"))) {
        return 'i';
    }
    if word.simplified.chars().count() == 1 || !word.entries.iter().all(|e| e.proper) {
        return 'w';
    }
    let Some(gloss) = word.entries.first().and_then(|e| e.glosses.first()) else { return 'w' };
    let gloss = gloss.to_lowercase();
    let lived = years(&gloss).map(|at| &gloss[..at]);
    let thing = |head: &str| {
        let mut words = head.split(|c: char| !c.is_alphabetic());
        words.clone().next().is_some_and(|first| AGES.contains(&first))
            || words.any(|word| EVENTS.contains(&word))
    };
    if lived.is_some_and(thing) {
        return 'w';
    }
    let says = |list: &[&str]| {
        gloss.split(|c: char| !c.is_alphanumeric() && c != '.').any(|part| list.contains(&part))
    };
    let (place, body) = (says(PLACES), says(BODIES) && !gloss.contains("ethnic"));
    let any_place = glosses().any(|g| {
        let g = g.to_lowercase();
        g.split(|c: char| !c.is_alphanumeric()).any(|part| PLACES.contains(&part))
    });
    if gloss.contains("(name)") && !any_place
        || gloss.contains("surname")
        || lived.is_some() && (tag.starts_with("nr") || !body)
    {
        return if lived.is_some() { 'p' } else { 'n' };
    }
    let office = BODY_ENDS.iter().any(|end| word.simplified.ends_with(end));
    if place
        && office
        && word.simplified.chars().count() >= 3
        && !says(&["city", "museum", "temple", "cathedral"])
    {
        return 'o';
    }
    if place || gloss.contains("(name)") || tag == "ns" && !body || see_place(&word.entries) {
        return 's';
    }
    if body || tag == "nt" {
        return 'o';
    }
    // A bare name such as “Qatar”, which jieba takes for a foreigner's.
    if tag == "nrt" || tag == "nr" && word.simplified.chars().count() >= 3 {
        return 's';
    }
    'w'
}

/// Endings of events: they have a beginning and an end and are no person.
const EVENTS: &[&str] = &[
    "dynasty",
    "war",
    "period",
    "era",
    "treaty",
    "revolution",
    "novel",
    "uprising",
    "movement",
    "incident",
    "reign",
    "army",
    "school",
    "league",
    "alliance",
    "confederacy",
    "international",
    "massacre",
    "warlords",
    "empire",
    "kingdom",
    "kingdoms",
    "dynasties",
    "culture",
    "forts",
    "wars",
    "reich",
    "republic",
    "commandery",
    "police",
    "project",
    "curtain",
    "bakufu",
    "shogunate",
    "band",
    "rebellion",
    "book",
    "state",
    "states",
    "russia",
    "geological",
];
/// How the names of ages and realms begin: `Eastern Zhou`, `the Tang and Song dynasties`.
const AGES: &[&str] = &["the", "eastern", "western", "northern", "southern", "former", "later", "great"];

/// Where the years of a life begin: `Mao Zedong (1893-1976)`, `Laozi (c. 500 BC-)`, `Elon Musk (1971–)`.
fn years(gloss: &str) -> Option<usize> {
    gloss.match_indices('(').map(|(at, _)| at).find(|at| {
        let part = gloss[at + 1..].trim_start_matches(['-', '–', '?', ' ']);
        let part = part.strip_prefix("c. ").or_else(|| part.strip_prefix("born ")).unwrap_or(part);
        part.starts_with(|c: char| c.is_ascii_digit())
            && part.split(')').next().is_some_and(|years| years.contains(['-', '–']))
    })
}

fn see_place(entries: &[Entry]) -> bool {
    entries.iter().flat_map(|e| e.glosses.iter()).any(|gloss| {
        gloss.starts_with("see ") && ["区[", "县[", "市[", "州[", "旗["].iter().any(|s| gloss.contains(s))
    })
}

const PLACES: &[&str] = &[
    "county",
    "city",
    "cities",
    "province",
    "district",
    "river",
    "mountain",
    "mountains",
    "capital",
    "town",
    "prefecture",
    "state",
    "island",
    "islands",
    "country",
    "region",
    "municipality",
    "peninsula",
    "lake",
    "strait",
    "sea",
    "ocean",
    "village",
    "republic",
    "kingdom",
    "territory",
    "mt",
    "desert",
    "suburb",
    "port",
    "canal",
    "bay",
    "banner",
    "valley",
    "continent",
];
/// A State Council is no place, though its gloss says `state`.
const BODY_ENDS: &[&str] = &[
    "社",
    "院",
    "部",
    "局",
    "党",
    "军",
    "署",
    "集团",
    "公司",
    "委员会",
    "银行",
    "电视台",
    "电台",
    "舰队",
    "委",
    "兵团",
];
const BODIES: &[&str] = &[
    "company",
    "corporation",
    "bank",
    "university",
    "newspaper",
    "agency",
    "organization",
    "association",
    "party",
    "ministry",
    "airline",
    "airlines",
    "group",
    "club",
    "brand",
    "institute",
    "academy",
    "committee",
    "commission",
    "federation",
    "union",
    "council",
    "inc.",
    "multinational",
    "magazine",
    "website",
    "manufacturer",
    "retailer",
];
