//! Bytes become text: UTF-8, UTF-16 with or without a mark, GB18030 (with GBK), Big5.
//!
//! Why guess at all: pages saved years ago are in GBK or Big5, and a user can't be asked what that is. Why so
//! carefully: a wrong guess makes hanzi out of anything, and wrong hanzi become wrong cards. So a guess (by
//! `chardetng`, Firefox's detector) counts only where the hanzi that come out are those that Chinese is made of.

use crate::source::lists;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::SourceError;
use super::error::Place;
use crate::hanzi::is_hanzi;

/// The text of `bytes`, and what a user should know of how it was read.
pub(super) fn decode(bytes: Vec<u8>, name: &str) -> Result<(String, Vec<String>), SourceError> {
    if let Some((encoding, mark)) =
        Encoding::for_bom(&bytes).filter(|(e, _)| *e == UTF_16LE || *e == UTF_16BE)
    {
        return utf16(&bytes[mark..], encoding).ok_or_else(|| not_text(&bytes, mark, name));
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => return Ok((without_mark(text), Vec::new())),
        Ok(text) => {
            let at = text.find('\0').unwrap_or_default();
            return [UTF_16LE, UTF_16BE]
                .into_iter()
                .find_map(|encoding| utf16(text.as_bytes(), encoding))
                .ok_or_else(|| not_text(text.as_bytes(), at, name));
        }
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let guess = if bytes.contains(&0) {
        [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| utf16(&bytes, encoding))
    } else if is_damaged_utf8(&bytes) {
        None
    } else {
        legacy(&bytes)
    };
    guess.ok_or_else(|| not_text(&bytes, at, name))
}

fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// UTF-16 that has no lone surrogate and is evidently Chinese.
fn utf16(bytes: &[u8], encoding: &'static Encoding) -> Option<(String, Vec<String>)> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
    (!text.contains('\0') && (is_chinese(&text) || text.is_ascii())).then(|| (text, vec![note(encoding)]))
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

/// GB18030 or Big5, as the detector says, where Chinese comes out; the other one where only that gives Chinese.
fn legacy(bytes: &[u8]) -> Option<(String, Vec<String>)> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
    let order = if guessed == BIG5 { [BIG5, GB18030] } else { [GB18030, BIG5] };
    for encoding in order {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let lost = text.matches('\u{FFFD}').count();
        // A page with a byte lost here and there is still worth reading; the note says so.
        if lost * 500 <= text.chars().count() && is_chinese(&text) {
            let mut notes = vec![note(encoding)];
            if lost > 0 {
                notes.push(format!("{lost} characters were damaged and show as \u{FFFD}"));
            }
            return Some((text.into_owned(), notes));
        }
    }
    None
}

fn note(encoding: &'static Encoding) -> String {
    format!("read as {}, not UTF-8", encoding.name())
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

/// Where `bytes` stop being text: at a NUL, or at `offset`.
pub(super) fn not_text(bytes: &[u8], offset: usize, name: &str) -> SourceError {
    let name = name.to_owned();
    let at = bytes.iter().position(|&b| b == 0).unwrap_or(offset).min(bytes.len());
    let before = &bytes[..at];
    let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    let place = Place { line, column, offset: at };
    if bytes.get(at) == Some(&0) { SourceError::Nul(name, place) } else { SourceError::NotUtf8(name, place) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str =
        "昨天夜里，一场大雨让城里的许多街道变成了小河。住在老街的王奶奶说，她没有见过这样的雨。";
    const TRADITIONAL: &str =
        "昨天夜裡，一場大雨讓城裡的許多街道變成了小河。住在老街的王奶奶說，她沒有見過這樣的雨。";

    fn decoded(bytes: &[u8]) -> Result<(String, Vec<String>), String> {
        decode(bytes.to_vec(), "x.txt").map_err(|error| error.to_string())
    }

    fn utf16_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn legacy_pages_just_work() {
        for (encoding, text, name) in [
            (GB18030, SIMPLIFIED, "gb18030"),
            (encoding_rs::GBK, SIMPLIFIED, "gb18030"),
            (BIG5, TRADITIONAL, "Big5"),
            (GB18030, TRADITIONAL, "gb18030"),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decoded(&bytes), Ok((text.to_owned(), vec![format!("read as {name}, not UTF-8")])));
        }
        let (short, _, _) = GB18030.encode("雨停了。");
        assert_eq!(decoded(&short).map(|d| d.0).as_deref(), Ok("雨停了。"));
        let (short, _, _) = BIG5.encode("雨停了，我們回家吧。");
        assert_eq!(decoded(&short).map(|d| d.0).as_deref(), Ok("雨停了，我們回家吧。"));
    }

    #[test]
    fn a_lost_byte_in_a_legacy_page_is_noted() {
        let (bytes, _, _) = GB18030.encode(SIMPLIFIED);
        let mut bytes = bytes.repeat(20);
        bytes.push(0x81);
        assert!(decoded(&bytes).is_ok_and(|(text, notes)| text.ends_with('\u{FFFD}') && notes.len() == 2));
    }

    #[test]
    fn marks_are_understood_and_dropped() {
        let utf8 = format!("\u{FEFF}{SIMPLIFIED}");
        assert_eq!(decoded(utf8.as_bytes()), Ok((SIMPLIFIED.to_owned(), vec![])));
        for little in [true, false] {
            assert_eq!(decoded(&utf16_bytes(&utf8, little)).map(|d| d.0).as_deref(), Ok(SIMPLIFIED));
            let lines = format!("{SIMPLIFIED}\n{SIMPLIFIED}");
            assert_eq!(decoded(&utf16_bytes(&lines, little)).map(|d| d.0), Ok(lines));
        }
    }

    #[test]
    fn damage_has_a_place() {
        let mut bytes = format!("标题\n{SIMPLIFIED}").into_bytes();
        bytes[10] = 0xFF;
        assert_eq!(
            decoded(&bytes),
            Err("x.txt:2:2: this is not UTF-8 (byte 10), and no other encoding fits".to_owned())
        );
        bytes.truncate(9);
        assert!(decoded(&bytes).is_err());
        assert!(
            decoded(format!("{SIMPLIFIED}\n\0").as_bytes())
                .is_err_and(|e| e.starts_with("x.txt:2:1: there is a NUL"))
        );
        // A lone surrogate, in UTF-16 and as CESU-8 has it.
        assert!(decoded(b"\xFF\xFE\x00\xD8\x2D\x4E").is_err());
        assert!(
            decoded(b"\xE4\xB8\xAD\xED\xA0\x80\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD")
                .is_err()
        );
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
        assert!(decoded(&noise).is_err());
    }
}
