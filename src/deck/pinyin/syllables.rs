//! A syllable as it is shown, in the class of its tone.

use std::sync::LazyLock;

use crate::deck::html::Html;
use crate::deck::spec::Notation;
use crate::pinyin::{Syllable, write, zhuyin};

/// Appends a syllable.
pub(super) fn push_syllable(html: &mut Html, syllable: Syllable, capital: bool, notation: Notation) {
    let table = match notation {
        Notation::Marks => &MARKS,
        Notation::Numbers => &NUMBERS,
        Notation::Zhuyin => &ZHUYIN,
    };
    match table.get(usize::from(syllable.code())) {
        Some(written) if !capital => html.push(written),
        _ => html.push(&syllable_html(syllable, capital, notation)),
    }
}

/// Every syllable as it is shown, by its code: a deck writes the same thousand again and again.
type Table = LazyLock<Vec<Html>>;
static MARKS: Table = LazyLock::new(|| table(Notation::Marks));
static NUMBERS: Table = LazyLock::new(|| table(Notation::Numbers));
static ZHUYIN: Table = LazyLock::new(|| table(Notation::Zhuyin));

fn table(notation: Notation) -> Vec<Html> {
    let of = |code| Syllable::from_code(code).map_or_else(Html::new, |s| syllable_html(s, false, notation));
    let codes = (0..=u16::MAX).take_while(|&code| code % 8 != 1 || Syllable::from_code(code).is_some());
    codes.map(of).collect()
}

fn syllable_html(syllable: Syllable, capital: bool, notation: Notation) -> Html {
    let written = match notation {
        Notation::Marks => write::marked(syllable).to_owned(),
        Notation::Numbers => syllable.to_string(),
        Notation::Zhuyin => zhuyin::zhuyin(syllable),
    };
    let written = if capital { write::capitalised(&written) } else { written };
    let mut html = Html::new();
    html.element("span", TONE[usize::from(syllable.tone().number()) - 1], |html| html.push_text(&written));
    html
}

const TONE: [&str; 5] = ["tone1", "tone2", "tone3", "tone4", "tone5"];
