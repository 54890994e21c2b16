//! Why we believe a reading: how strong the evidence is, and which rule gave it.

use crate::named::named;

named! {
    /// Why we believe a reading, weakest first, so that `max` picks the best.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Evidence {
        /// The commonest reading of each hanzi: a guess.
        Character = "character",
        /// The sentence chose among the readings of the word, or a rule about its usage and neighbours did.
        Context = "context",
        /// The dictionary gives the word one reading.
        Dictionary = "dictionary",
        /// The article gives it.
        Article = "article",
        /// The learner said so.
        Learner = "learner",
    }
    else "is no kind of evidence"
}

named! {
    /// The rule that a reading comes from, in the order of the ladder (`readings/ladder.rs`): of two that answered, the
    /// later one overruled the earlier.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Rule {
        /// The commonest reading of a hanzi.
        Character = "character",
        /// The reading of a hanzi in a smaller word inside the token: 先生 in 任先生.
        Inside = "inside",
        /// The sentence chose among the readings of a hanzi.
        Sentence = "sentence",
        /// The only reading of the traditional form: 髮 fà.
        Written = "written",
        /// A numeral inside a number.
        Numeral = "numeral",
        /// A measure word after a number.
        MeasureWord = "measure-word",
        /// A surname.
        Surname = "surname",
        /// The only reading that the dictionary has of a word.
        Dictionary = "dictionary",
        /// The sentence chose among the readings of a word.
        Entry = "entry",
        /// A particle in what the dictionary takes for a word: 穿着 zhe.
        Particle = "particle",
        /// A full tone in what no dictionary has: 月底 dǐ.
        FullTone = "full-tone",
        /// A reading that a hanzi has as a word of its own.
        OneHanzi = "one-hanzi",
        /// The reading that a word has nearly always: `usual.txt`.
        Usual = "usual",
        /// The reading that the word beside decides: `beside.txt`.
        Beside = "beside",
        /// A hanzi that is repeated: 漂漂亮亮, 少不少.
        Doubled = "doubled",
        /// A surname after 姓 or 小.
        Called = "called",
        /// 儿 that only colours a vowel.
        Erhua = "erhua",
        /// The object of a separable verb: 放了两周假.
        Object = "object",
        /// 为 before what somebody does for another: 为客户提供服务.
        Benefit = "benefit",
        /// The article's own reading.
        Article = "article",
        /// The learner's reading.
        Learner = "learner",
    }
}
