//! The guid of a word's Anki note: what ties a card to its word for ever.
//!
//! Derived from headword and reading alone, so that a library that was lost gives the same guids again and the
//! learner's reviews are found. **It must never change**: a test holds it to written-down examples. The hash is
//! FNV-1a, 64 bits (RFC 9923), stirred by the finaliser of MurmurHash3, in eleven letters and digits; two words
//! that collide (one chance in 10^10 for a learner's 60,000 words) are told apart by `attempt`.

use super::WordKey;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The guid of a word; `attempt` is 0, or how many other words had taken the guids before.
#[must_use]
pub fn guid(key: &WordKey, attempt: u32) -> String {
    let mut text = format!("shengci\n{}\n{}", key.headword, key.reading);
    if attempt > 0 {
        text.push_str(&format!("\n{attempt}"));
    }
    let mut number = stir(fnv1a(text.as_bytes()));
    let mut guid = String::with_capacity(11);
    for _ in 0..11 {
        guid.push(char::from(DIGITS[usize::try_from(number % 62).unwrap_or(0)]));
        number /= 62;
    }
    guid
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
}

/// FNV leaves the high bits of short texts nearly alike; this spreads them.
fn stir(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hanzi::Headword;
    use crate::pinyin::Reading;

    fn key(headword: &str, pinyin: &str) -> WordKey {
        WordKey {
            headword: Headword::new(headword).expect("a headword"),
            reading: Reading::parse(headword, pinyin).expect("a reading"),
        }
    }

    #[test]
    fn the_guid_of_a_word_never_changes() {
        assert_eq!(guid(&key("公司", "gong1 si1"), 0), "5oYzret7AFK");
        assert_eq!(guid(&key("长", "zhang3"), 0), "0DT6umTZSZJ");
        assert_eq!(guid(&key("长", "chang2"), 0), "MfWPzJtXcg3");
        assert_eq!(guid(&key("长", "chang2"), 1), "rzdjR6zG507");
    }
}
