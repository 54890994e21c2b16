//! Quotes, brackets and title marks that come in pairs.

/// Each opening mark with the one that closes it.
const PAIRS: [(char, char); 11] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('［', '］'),
    ('【', '】'),
    ('《', '》'),
    ('〈', '〉'),
];

/// The mark that closes what `c` opens.
#[must_use]
pub fn closing(c: char) -> Option<char> {
    PAIRS.iter().find(|(open, _)| *open == c).map(|&(_, close)| close)
}

/// Whether `c` closes a quotation, a bracket or a title.
#[must_use]
pub fn is_closing(c: char) -> bool {
    PAIRS.iter().any(|&(_, close)| close == c)
}
