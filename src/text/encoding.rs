//! Bytes become text: UTF-8, UTF-16 with or without a mark, GB18030 (with GBK), Big5 (with HKSCS), and what was declared.
//!
//! Why guess at all: pages and lists saved years ago are in GBK or Big5, and what they declare is often wrong. Why so
//! carefully: a wrong guess makes hanzi out of anything, and wrong hanzi become wrong cards. So the order is: a byte
//! order mark, then UTF-8, which nothing else is by chance, then what was declared, then the encoding whose hanzi are
//! the usual ones; and whether they are those that Chinese is made of is told with the text. A few bad bytes lose no
//! text: each shows as U+FFFD, and they are counted.

use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::lists;
use crate::hanzi::is_hanzi;

/// A text, and how it was read out of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding, by its name in the standard of the web: `UTF-8`, `gb18030`, `Big5`.
    pub encoding: &'static str,
    /// How many places had bytes that are no character; each is a U+FFFD in the text.
    pub damaged: usize,
    /// Whether the encoding is beyond doubt: by a mark, by the form of the bytes, or because what comes out is made of
    /// the hanzi that Chinese is made of. A short list of rare words is no such evidence.
    pub evident: bool,
}

/// Why bytes are no text, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// A NUL, which no text has.
    Nul(usize),
    /// Not UTF-8 from here on, and nothing else either.
    NoEncoding(usize),
}

/// The text of `bytes`. `declared` is the encoding that whoever sent them named, as an HTTP header or a `<meta>` has it.
///
/// # Errors
/// When no encoding makes a text of them.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let marked = read(&bytes[mark..], encoding);
        if marked.text.contains('\0') || !marked.is_sound() {
            return Err(NotText::of_utf8(bytes));
        }
        return Ok(Decoded { evident: true, ..marked });
    }
    let has_nul = bytes.contains(&0);
    if let Ok(text) = std::str::from_utf8(bytes)
        && !has_nul
    {
        return Ok(Decoded::utf8(text));
    }
    if has_nul {
        return [UTF_16LE, UTF_16BE]
            .into_iter()
            .map(|encoding| read(bytes, encoding))
            .find(|wide| {
                wide.damaged == 0 && (wide.evident || wide.text.is_ascii()) && !wide.text.contains('\0')
            })
            .map(|wide| Decoded { evident: true, ..wide })
            .ok_or_else(|| NotText::of_utf8(bytes));
    }
    if is_damaged_utf8(bytes) {
        return Ok(Decoded { evident: true, ..read(bytes, UTF_8) });
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let declared = declared.filter(|encoding| *encoding != UTF_8);
    legacy(bytes, declared).ok_or_else(|| NotText::of_utf8(bytes))
}

impl Decoded {
    fn utf8(text: &str) -> Self {
        Self { text: text.to_owned(), encoding: UTF_8.name(), damaged: 0, evident: true }
    }

    /// Whether nearly all of it is whole, where there is no doubt about the encoding.
    fn is_sound(&self) -> bool {
        self.damaged == 0 || self.text.chars().count() > 5 * self.damaged
    }

    /// A page with a byte lost here and there is still worth reading; more of that comes of a wrong guess.
    fn is_nearly_whole(&self) -> bool {
        self.damaged == 0 || self.evident && self.text.chars().count() >= 40 * self.damaged
    }
}

impl NotText {
    /// Where `bytes` stop being text: at a NUL, or where they stop being UTF-8.
    #[must_use]
    pub fn of_utf8(bytes: &[u8]) -> Self {
        let valid = || std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        bytes.iter().position(|&byte| byte == 0).map_or_else(|| Self::NoEncoding(valid()), Self::Nul)
    }
}

/// All of `bytes` in one encoding, come what may.
fn read(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let (mut rest, mut damaged) = (bytes, 0);
    loop {
        let longest = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(longest.unwrap_or(rest.len()).max(16));
        let (result, taken) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[taken..];
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                damaged += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    let evident = is_chinese(&text);
    Decoded { text, encoding: encoding.name(), damaged, evident }
}

/// Whether nearly all bytes above ASCII are whole UTF-8 characters: then it is UTF-8, damaged, and any other
/// reading of it would be nonsense that looks like Chinese.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 4 * broken
}

/// The declared encoding, where Chinese comes out; else GB18030 or Big5, whichever gives the more usual characters.
fn legacy(bytes: &[u8], declared: Option<&'static Encoding>) -> Option<Decoded> {
    let whole = |encoding| Some(read(bytes, encoding)).filter(Decoded::is_nearly_whole);
    // The one encoding is the other with more characters.
    let declared = declared.map(|encoding| if encoding == GBK { GB18030 } else { encoding }).and_then(whole);
    if declared.as_ref().is_some_and(|declared| declared.evident) {
        return declared;
    }
    let mut guesses = [GB18030, BIG5].map(|encoding| (usual(bytes, encoding), encoding));
    if detected(bytes) == BIG5 {
        guesses.reverse();
    }
    // Stable: of two that are equally usual the detector's stays first.
    guesses.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let [(most, first), (less, second)] = guesses;
    let mut guess = whole(first);
    if guess.is_none() {
        guess = whole(second);
    } else if most - less < DOUBTFUL && whole(second).is_some() {
        // A few words can be made of the same bytes in either.
        guess = guess.map(|guess| Decoded { evident: false, ..guess });
    }
    if guess.as_ref().is_some_and(|guess| guess.evident) { guess } else { declared.or(guess) }
}

/// Of two encodings whose characters are so nearly as usual, neither is evident.
const DOUBTFUL: f64 = 0.15;

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny)
}

/// How usual the characters are that come out, from 0 to 1.3: both encodings have a first level with the hanzi of
/// everyday, and a text read in the wrong one falls all over the table.
fn usual(bytes: &[u8], encoding: &'static Encoding) -> f64 {
    const SAMPLE: u32 = 2000;
    let (mut sum, mut all, mut rest) = (0.0, 0_u32, bytes);
    while let [lead, trail, ..] = *rest
        && all < SAMPLE
    {
        if lead.is_ascii() {
            rest = &rest[1..];
            continue;
        }
        let length = if encoding == GB18030 && trail.is_ascii_digit() { 4 } else { 2 };
        let character = &rest[..length.min(rest.len())];
        let (text, bad) = encoding.decode_without_bom_handling(character);
        rest = &rest[if bad { 1 } else { character.len() }..];
        // Pinyin and other letters tell nothing: both encodings have them, at other places.
        let Some(c) = text.chars().next().filter(|&c| bad || c > '\u{24F}') else { continue };
        all += 1;
        sum += match c {
            _ if bad => 0.0,
            // Punctuation of East Asia and its full-width signs.
            '\u{3000}'..='\u{301F}' | '\u{FF00}'..='\u{FF5E}' | '\u{2010}'..='\u{2026}' => 0.5,
            _ if lists::COMMON.contains(c) => 1.3,
            _ if is_of_first_level(lead, trail, encoding) => 1.0,
            _ => 0.0,
        };
    }
    sum / f64::from(all.max(1))
}

/// Whether these bytes are one of the 3,755 hanzi of GB 2312's first level, or of the 5,401 of Big5's.
fn is_of_first_level(lead: u8, trail: u8, encoding: &'static Encoding) -> bool {
    if encoding == BIG5 {
        matches!(lead, 0xA4..=0xC6)
    } else {
        matches!((lead, trail), (0xB0..=0xD7, 0xA1..=0xFE))
    }
}

/// Whether the hanzi are those that Chinese is made of: a wrong decoding gives rare ones.
fn is_chinese(text: &str) -> bool {
    // A sample from the front decides; a character list is slow over megabytes.
    let sample: Vec<char> = text.chars().filter(|c| !c.is_ascii()).take(2000).collect();
    let hanzi = sample.iter().filter(|&&c| is_hanzi(c) && c < '\u{A000}').count();
    let common = sample.iter().filter(|&&c| lists::COMMON.contains(c) || c == '\u{3000}').count();
    hanzi > 0
        && hanzi * 2 >= sample.len()
        && common * 100 >= sample.len() * if sample.len() < 40 { 20 } else { 30 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "昨天夜里，一场大雨让城里的许多街道变成了小河。住在老街的王奶奶说，她没有见过这样的雨。";
    const TRADITIONAL: &str =
        "昨天夜裡，一場大雨讓城裡的許多街道變成了小河。住在老街的王奶奶說，她沒有見過這樣的雨。";

    fn of(text: &str, encoding: &'static str) -> Decoded {
        Decoded { text: text.to_owned(), encoding, damaged: 0, evident: true }
    }

    fn bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, unmapped) = encoding.encode(text);
        assert!(!unmapped, "{text}");
        bytes.into_owned()
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn legacy_pages_just_work() {
        for (encoding, text, name) in [
            (GB18030, SIMPLIFIED, "gb18030"),
            (GBK, SIMPLIFIED, "gb18030"),
            (BIG5, TRADITIONAL, "Big5"),
            (GB18030, TRADITIONAL, "gb18030"),
            (GB18030, "雨停了。", "gb18030"),
            (BIG5, "雨停了，我們回家吧。", "Big5"),
        ] {
            assert_eq!(decode(&bytes(text, encoding), None), Ok(of(text, name)));
        }
        // 啲 and 嘅, as Hong Kong writes: 0x95EA and 0x8FEA of its supplement and of Big5.
        let supplement = [&bytes(TRADITIONAL, BIG5)[..], b"\x87\x40\x95\xEA\xB9\xC0"].concat();
        let read = decode(&supplement, None).expect("a text");
        assert_eq!((read.encoding, read.damaged, read.text.starts_with(TRADITIONAL)), ("Big5", 0, true));
    }

    #[test]
    fn words_alone_are_told_apart_by_the_level_of_their_hanzi() {
        for text in ["氛围\n颠覆\n", "公司\nabc\n", "图书馆\ttúshūguǎn\r\n机器人\tjīqìrén\r\n"]
        {
            let read = decode(&bytes(text, GB18030), None).map(|read| (read.text, read.encoding));
            assert_eq!(read, Ok((text.to_owned(), "gb18030")));
        }
        for text in ["顛覆\n氛圍\n", "圖書館\n機器人\n", "公司\nabc\n工程\n"] {
            let read = decode(&bytes(text, BIG5), None).map(|read| (read.text, read.encoding));
            assert_eq!(read, Ok((text.to_owned(), "Big5")));
        }
    }

    #[test]
    fn declarations_are_believed_where_they_can_be_true() {
        let (simplified, traditional) = (bytes(SIMPLIFIED, GB18030), bytes(TRADITIONAL, BIG5));
        for declared in [
            "utf-8",
            "UTF8",
            "big5",
            "iso-8859-1",
            "windows-1252",
            "shift_jis",
            "utf-16",
            "nonsense",
            " GB2312 ",
        ] {
            assert_eq!(decode(&simplified, Some(declared)), Ok(of(SIMPLIFIED, "gb18030")), "{declared}");
        }
        for declared in ["gb2312", "gbk", "utf-8", "big5-hkscs"] {
            assert_eq!(decode(&traditional, Some(declared)), Ok(of(TRADITIONAL, "Big5")), "{declared}");
            assert_eq!(
                decode(SIMPLIFIED.as_bytes(), Some(declared)),
                Ok(of(SIMPLIFIED, "UTF-8")),
                "{declared}"
            );
        }
        // Where the bytes alone say little, the declaration does.
        let short = bytes("公共", GB18030);
        assert_eq!(decode(&short, Some("gbk")).map(|read| read.text).as_deref(), Ok("公共"));
        let latin = decode(b"caf\xE9", Some("latin1")).map(|read| (read.text, read.evident));
        assert_eq!(latin, Ok(("café".to_owned(), false)));
    }

    #[test]
    fn a_few_bad_bytes_lose_no_page_and_are_counted() {
        let mut utf8 = format!("标题\n{SIMPLIFIED}").into_bytes();
        utf8[10] = 0xFF;
        let read = decode(&utf8, None).expect("a text");
        assert_eq!((read.encoding, read.damaged, read.evident), ("UTF-8", 3, true));
        assert_eq!(read.text.matches('\u{FFFD}').count(), 3);
        assert!(read.text.starts_with("标题\n昨\u{FFFD}") && read.text.ends_with("这样的雨。"));
        // Cut off in the middle of a hanzi, and whatever it declares.
        utf8.truncate(utf8.len() - 1);
        assert_eq!(decode(&utf8, Some("gb2312")).map(|read| read.damaged), Ok(4));
        let mut marked = format!("\u{FEFF}{SIMPLIFIED}").into_bytes();
        marked.pop();
        assert_eq!(decode(&marked, None).map(|read| (read.encoding, read.damaged)), Ok(("UTF-8", 1)));

        for (text, encoding) in [(SIMPLIFIED, GB18030), (TRADITIONAL, BIG5)] {
            let mut legacy = bytes(text, encoding);
            legacy.push(0x81);
            let read = decode(&legacy, None).expect("a text");
            assert_eq!((read.encoding, read.damaged), (encoding.name(), 1));
            assert_eq!(read.text, format!("{text}\u{FFFD}"));
        }
        let mut wide = utf16(&format!("\u{FEFF}{SIMPLIFIED}"), true);
        wide.pop();
        assert_eq!(decode(&wide, None).map(|read| (read.encoding, read.damaged)), Ok(("UTF-16LE", 1)));
    }

    #[test]
    fn marks_are_understood_and_dropped() {
        let utf8 = format!("\u{FEFF}{SIMPLIFIED}");
        assert_eq!(decode(utf8.as_bytes(), Some("gbk")), Ok(of(SIMPLIFIED, "UTF-8")));
        let lines = format!("{SIMPLIFIED}\n{SIMPLIFIED}");
        for (little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
            assert_eq!(decode(&utf16(&utf8, little), Some("utf-8")), Ok(of(SIMPLIFIED, name)));
            assert_eq!(decode(&utf16(&lines, little), None), Ok(of(&lines, name)));
            // A mark needs no hanzi to be believed.
            assert_eq!(decode(&utf16("\u{FEFF}été", little), None), Ok(of("été", name)));
        }
    }

    #[test]
    fn what_is_no_text_says_where() {
        let nul = format!("{SIMPLIFIED}\n\0");
        assert_eq!(decode(nul.as_bytes(), None), Err(NotText::Nul(SIMPLIFIED.len() + 1)));
        assert_eq!(decode(b"\xE9\x9B\xA8\xFF", None), Err(NotText::NoEncoding(3)));
        // A lone surrogate, in UTF-16 and as CESU-8 has it.
        assert!(decode(b"\xFF\xFE\x00\xD8\x2D\x4E", None).is_err());
        let cesu = [&b"\xE4\xB8\xAD\xED\xA0\x80"[..], &b"\xE4\xB8\xAD".repeat(5)].concat();
        assert!(decode(&cesu, None).map_or(true, |read| !read.evident));
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
        assert!(decode(&noise, None).is_err());
        assert_eq!(decode(b"", None), Ok(of("", "UTF-8")));
    }
}
