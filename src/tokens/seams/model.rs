//! How likely two hanzi that stand side by side belong to two words: a logistic model over nine hashed features of the
//! hanzi round the seam, learned from tagged news (`tools/segmentation`, `seams`).
//!
//! Why beside jieba: it weighs each word by its frequency and asks no neighbour, so 三|天才 beats 三天|才. Why only hanzi and no
//! words: what it is asked about is which words are there.

/// The binary logarithm of how many weights there are.
pub const BITS: u32 = 20;

/// A weight of the file is so many parts of a natural log-odds.
pub const UNIT: f32 = 16.0;

/// The weights, each a signed byte.
static WEIGHTS: &[u8; 1 << BITS] = include_bytes!("../data/seams.weights");

/// A character as the model sees it: a hanzi itself; digits, letters and all else as three.
#[must_use]
pub fn seen(c: char) -> u32 {
    match c {
        '\u{4E00}'..='\u{9FFF}' => u32::from(c),
        '0'..='9' | '０'..='９' => 2,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => 3,
        _ => 4,
    }
}

/// Whether what [`seen`] gives is a hanzi.
#[must_use]
pub fn is_hanzi(seen: u32) -> bool {
    seen > 0xFF
}

/// The places of the weights that speak of the seam before character `at`.
#[must_use]
pub fn features(text: &[u32], at: usize) -> [usize; 9] {
    let there = |place: Option<usize>| place.and_then(|place| text.get(place)).copied().unwrap_or(1);
    let (before, left) = (there(at.checked_sub(2)), there(at.checked_sub(1)));
    let (right, after) = (there(Some(at)), there(Some(at + 1)));
    [
        place(1, [left, 0, 0]),
        place(2, [right, 0, 0]),
        place(3, [before, left, 0]),
        place(4, [left, right, 0]),
        place(5, [right, after, 0]),
        place(6, [before, left, right]),
        place(7, [left, right, after]),
        place(8, [before, 0, 0]),
        place(9, [after, 0, 0]),
    ]
}

/// The log-odds, in [`UNIT`]s, that a word ends before character `at`.
#[must_use]
pub fn odds(text: &[u32], at: usize) -> i32 {
    features(text, at).iter().map(|&place| i32::from(WEIGHTS[place].cast_signed())).sum()
}

/// A hash of a feature (the finalizer of MurmurHash3), cut to the table.
fn place(kind: u64, hanzi: [u32; 3]) -> usize {
    let mut hash = kind.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for c in hanzi {
        hash = (hash ^ u64::from(c)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        hash ^= hash >> 32;
    }
    (hash >> 8) as usize & ((1 << BITS) - 1)
}
