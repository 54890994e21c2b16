//! One syllable of Mandarin: a lawful toneless base and a tone.
//!
//! The base is an index into a table, so a syllable that no speaker could say can't be built, and a syllable is
//! four bytes that copy. The table is that of Hanyu Pinyin (ISO 7098:2015, annex A) with the rare ones that
//! CC-CEDICT uses (biang, cei, fiao, hm, hng, m, n, ng, rua, ê), and `r`, the 儿 that colours the syllable
//! before it.

use std::fmt;

/// The four tones and the neutral one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// High level: mā.
    First,
    /// Rising: má.
    Second,
    /// Low: mǎ.
    Third,
    /// Falling: mà.
    Fourth,
    /// Neutral, unstressed: ma.
    Neutral,
}

impl Tone {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Neutral];

    /// The tone of this number: 1 to 4, and 5 or 0 for the neutral one.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::First),
            2 => Some(Self::Second),
            3 => Some(Self::Third),
            4 => Some(Self::Fourth),
            0 | 5 => Some(Self::Neutral),
            _ => None,
        }
    }

    /// 1 to 4, and 5 for the neutral tone.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Neutral => 5,
        }
    }
}

/// A lawful syllable with its citation tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Syllable {
    base: u16,
    tone: Tone,
}

impl Syllable {
    /// The syllable of a toneless base, lower case with `ü` as `ü`, unless there is no such syllable.
    #[must_use]
    pub fn new(base: &str, tone: Tone) -> Option<Self> {
        let letter = usize::from(base.bytes().next()?.wrapping_sub(b'a')).min(STARTS.len() - 2);
        let (start, end) = (STARTS[letter], STARTS[letter + 1]);
        let base = start + BASES[start..end].binary_search(&base).ok()?;
        Some(Self { base: u16::try_from(base).ok()?, tone })
    }

    /// The 儿 of erhua, which is no syllable of its own in speech: 花儿 huār.
    #[must_use]
    pub fn erhua() -> Self {
        Self::new("r", Tone::Neutral).expect("`r` stands in the table of bases")
    }

    /// Whether this is the `r` of erhua.
    #[must_use]
    pub fn is_erhua(self) -> bool {
        self.base() == "r"
    }

    /// Without its tone, `ü` as `ü`: `lü`, `gong`.
    #[must_use]
    pub fn base(self) -> &'static str {
        BASES[usize::from(self.base)]
    }

    /// Its tone.
    #[must_use]
    pub fn tone(self) -> Tone {
        self.tone
    }

    /// The same syllable in another tone.
    #[must_use]
    pub fn with_tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// One number for both, as the compiled dictionary and the reading model store it.
    #[must_use]
    pub fn code(self) -> u16 {
        self.base * 8 + u16::from(self.tone.number())
    }

    /// The syllable of a [`code`](Self::code), if it is one.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        let base = code / 8;
        let number = u8::try_from(code % 8).ok().filter(|n| (1..=5).contains(n))?;
        (usize::from(base) < BASES.len()).then_some(())?;
        Some(Self { base, tone: Tone::from_number(number)? })
    }
}

/// As the store writes it: `gong1`, `lü4`, `de5`.
impl fmt::Display for Syllable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.base(), self.tone.number())
    }
}

/// Where the bases of each letter begin, `a` first; those that begin with no ASCII letter (ê) come after `z`.
/// Splitting a run of pinyin asks for bases by the thousand, most of which are none.
const STARTS: [usize; 28] = {
    let mut starts = [BASES.len(); 28];
    let mut letter = 0;
    let mut base = 0;
    while letter < 27 {
        while base < BASES.len() && BASES[base].as_bytes()[0] < b'a' + letter as u8 {
            base += 1;
        }
        starts[letter] = base;
        letter += 1;
    }
    starts
};

/// Every lawful toneless syllable, sorted by bytes.
pub(crate) const BASES: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "ba", "bai", "ban", "bang", "bao", "bei", "ben", "beng", "bi", "bia",
    "bian", "biang", "biao", "bie", "bin", "bing", "bo", "bu", "ca", "cai", "can", "cang", "cao", "ce",
    "cei", "cen", "ceng", "cha", "chai", "chan", "chang", "chao", "che", "chen", "cheng", "chi", "chong",
    "chou", "chu", "chua", "chuai", "chuan", "chuang", "chui", "chun", "chuo", "ci", "cong", "cou", "cu",
    "cuan", "cui", "cun", "cuo", "da", "dai", "dan", "dang", "dao", "de", "dei", "den", "deng", "di", "dia",
    "dian", "diao", "die", "ding", "diu", "dong", "dou", "du", "duan", "dui", "dun", "duo", "e", "ei", "en",
    "eng", "er", "fa", "fan", "fang", "fei", "fen", "feng", "fiao", "fo", "fou", "fu", "ga", "gai", "gan",
    "gang", "gao", "ge", "gei", "gen", "geng", "gong", "gou", "gu", "gua", "guai", "guan", "guang", "gui",
    "gun", "guo", "ha", "hai", "han", "hang", "hao", "he", "hei", "hen", "heng", "hm", "hng", "hong", "hou",
    "hu", "hua", "huai", "huan", "huang", "hui", "hun", "huo", "ji", "jia", "jian", "jiang", "jiao", "jie",
    "jin", "jing", "jiong", "jiu", "ju", "juan", "jue", "jun", "ka", "kai", "kan", "kang", "kao", "ke",
    "kei", "ken", "keng", "kong", "kou", "ku", "kua", "kuai", "kuan", "kuang", "kui", "kun", "kuo", "la",
    "lai", "lan", "lang", "lao", "le", "lei", "leng", "li", "lia", "lian", "liang", "liao", "lie", "lin",
    "ling", "liu", "lo", "long", "lou", "lu", "luan", "lun", "luo", "lü", "lüan", "lüe", "m", "ma", "mai",
    "man", "mang", "mao", "me", "mei", "men", "meng", "mi", "mian", "miao", "mie", "min", "ming", "miu",
    "mo", "mou", "mu", "n", "na", "nai", "nan", "nang", "nao", "ne", "nei", "nen", "neng", "ng", "ni", "nia",
    "nian", "niang", "niao", "nie", "nin", "ning", "niu", "nong", "nou", "nu", "nuan", "nun", "nuo", "nü",
    "nüe", "o", "ou", "pa", "pai", "pan", "pang", "pao", "pei", "pen", "peng", "pi", "pia", "pian", "piao",
    "pie", "pin", "ping", "po", "pou", "pu", "qi", "qia", "qian", "qiang", "qiao", "qie", "qin", "qing",
    "qiong", "qiu", "qu", "quan", "que", "qun", "r", "ran", "rang", "rao", "re", "ren", "reng", "ri", "rong",
    "rou", "ru", "rua", "ruan", "rui", "run", "ruo", "sa", "sai", "san", "sang", "sao", "se", "sei", "sen",
    "seng", "sha", "shai", "shan", "shang", "shao", "she", "shei", "shen", "sheng", "shi", "shou", "shu",
    "shua", "shuai", "shuan", "shuang", "shui", "shun", "shuo", "si", "song", "sou", "su", "suan", "sui",
    "sun", "suo", "ta", "tai", "tan", "tang", "tao", "te", "tei", "teng", "ti", "tian", "tiao", "tie",
    "ting", "tong", "tou", "tu", "tuan", "tui", "tun", "tuo", "wa", "wai", "wan", "wang", "wei", "wen",
    "weng", "wo", "wu", "xi", "xia", "xian", "xiang", "xiao", "xie", "xin", "xing", "xiong", "xiu", "xu",
    "xuan", "xue", "xun", "ya", "yan", "yang", "yao", "ye", "yi", "yin", "ying", "yo", "yong", "you", "yu",
    "yuan", "yue", "yun", "za", "zai", "zan", "zang", "zao", "ze", "zei", "zen", "zeng", "zha", "zhai",
    "zhan", "zhang", "zhao", "zhe", "zhei", "zhen", "zheng", "zhi", "zhong", "zhou", "zhu", "zhua", "zhuai",
    "zhuan", "zhuang", "zhui", "zhun", "zhuo", "zi", "zong", "zou", "zu", "zuan", "zui", "zun", "zuo", "ê",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(BASES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn codes_come_back_as_the_syllable_they_were_made_of() {
        for base in BASES {
            for tone in Tone::ALL {
                let syllable = Syllable::new(base, tone).expect("a base of the table");
                assert_eq!(Syllable::from_code(syllable.code()), Some(syllable));
            }
        }
        assert_eq!(Syllable::from_code(u16::MAX), None);
        assert_eq!(Syllable::from_code(0), None);
        for text in ["xx", "", "A", "z", "zz", "ü", "中"] {
            assert_eq!(Syllable::new(text, Tone::First), None, "{text}");
        }
    }
}
