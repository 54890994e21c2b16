//! The line of a sentence's pinyin as it grows: blanks, and marks in their Latin form.
//!
//! Full-width marks tear holes into Latin text; GB/T 16159-2012, 6.7, writes those of Latin script.

use crate::deck::html::Html;
use crate::text::narrow;

/// How a mark stands among words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// A letter, a digit.
    AsLetter,
    /// Clings to what is before it: a comma.
    Before,
    /// Clings to what follows: an opening bracket.
    After,
    /// Between blanks: a dash.
    Apart,
    /// Clings to both: the dot in a name.
    Tight,
    Blank,
}

/// A character of a Chinese text in Latin surroundings.
pub(super) fn latin(c: char) -> (char, Stands) {
    match c {
        '，' | '、' => (',', Stands::Before),
        '。' | '．' => ('.', Stands::Before),
        '；' => (';', Stands::Before),
        '：' => (':', Stands::Before),
        '？' => ('?', Stands::Before),
        '！' => ('!', Stands::Before),
        '％' => ('%', Stands::Before),
        '）' | '］' | '】' => (')', Stands::Before),
        '（' | '［' | '【' => ('(', Stands::After),
        '“' | '「' | '『' => ('“', Stands::After),
        '”' | '」' | '』' => ('”', Stands::Before),
        '《' | '〈' => ('«', Stands::After),
        '》' | '〉' => ('»', Stands::Before),
        '‘' => (c, Stands::After),
        '’' | ',' | '.' | ';' | ':' | '?' | '!' | '%' | ')' | ']' | '…' => (c, Stands::Before),
        '(' | '[' | '#' | '$' => (c, Stands::After),
        '·' | '・' | '/' | '-' | '~' | '～' => (if c == '・' { '·' } else { c }, Stands::Tight),
        '—' | '–' | '+' | '=' | '&' => (c, Stands::Apart),
        c if c.is_whitespace() => (' ', Stands::Blank),
        '\u{FF01}'..='\u{FF5E}' => (narrow(c), Stands::AsLetter),
        c => (c, Stands::AsLetter),
    }
}

/// A line as it grows.
pub(super) struct Line {
    pub html: Html,
    pub ended: Ended,
    /// Whether what follows begins a sentence.
    pub starts_sentence: bool,
    /// Inside the marks of a title.
    pub in_title: bool,
    in_quotes: bool,
    last_dash: bool,
    after_colon: bool,
}

/// The end of the line so far.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Start,
    /// A word: the next one needs a blank.
    Word,
    /// A letter or digit of a Latin stretch: the next letter doesn't.
    Letter,
    /// A comma: what follows needs a blank.
    Mark,
    /// An opening bracket or a tight mark: what follows clings.
    Open,
    Blank,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            html: Html::new(),
            ended: Ended::Start,
            starts_sentence: true,
            in_title: false,
            in_quotes: false,
            last_dash: false,
            after_colon: false,
        }
    }
}

impl Line {
    pub fn blank_before(&mut self, tight: bool) {
        if !tight && matches!(self.ended, Ended::Word | Ended::Letter | Ended::Mark) {
            self.html.push_text(" ");
        }
    }

    /// Says that a word was written.
    pub fn word(&mut self) {
        self.ended = Ended::Word;
        // Only what is quoted right behind the colon is a sentence: 性能:“吊打”, but not 性能:这“吊打”同行.
        self.after_colon = false;
    }

    /// Writes the text between words: letters, digits, marks.
    pub fn text(&mut self, text: &str) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let (c, mut stands) = latin(c);
            // Straight quotation marks open and close by turns.
            if c == '"' {
                stands = if self.in_quotes { Stands::Before } else { Stands::After };
                self.in_quotes = !self.in_quotes;
            }
            let next = chars.peek().map(|&next| latin(next).0);
            // 3.5, 1,000, 10:30: a mark between digits is part of the number.
            let in_number = matches!(c, '.' | ',' | ':')
                && self.ended == Ended::Letter
                && next.is_some_and(|next| next.is_ascii_digit());
            // ’97 is the year; what ends a quotation has no digit after it.
            if c == '’' && next.is_some_and(|next| next.is_ascii_digit()) {
                stands = Stands::After;
            }
            let dash_goes_on = c == '—' && self.last_dash;
            self.last_dash = c == '—';
            // A quotation after a colon is a sentence of its own, and a title begins with a capital, too.
            self.starts_sentence |= stands == Stands::After && (self.after_colon || c == '«');
            self.after_colon = c == ':' || self.after_colon && stands == Stands::Blank;
            self.in_title = c == '«' || self.in_title && c != '»';
            match stands {
                _ if in_number || dash_goes_on => self.html.push_char(c),
                Stands::Blank => {
                    if matches!(self.ended, Ended::Word | Ended::Letter | Ended::Mark) {
                        self.html.push_text(" ");
                        self.ended = Ended::Blank;
                    }
                }
                Stands::AsLetter => {
                    if matches!(self.ended, Ended::Word | Ended::Mark) {
                        self.html.push_text(" ");
                    }
                    self.html.push_char(c);
                    self.ended = Ended::Letter;
                    self.starts_sentence = false;
                }
                Stands::Before => {
                    self.html.push_char(c);
                    self.ended = Ended::Mark;
                    self.starts_sentence |= matches!(c, '.' | '?' | '!');
                }
                Stands::After => {
                    self.blank_before(false);
                    self.html.push_char(c);
                    self.ended = Ended::Open;
                }
                Stands::Apart => {
                    self.blank_before(false);
                    self.html.push_char(c);
                    self.ended = Ended::Mark;
                }
                Stands::Tight => {
                    self.html.push_char(c);
                    self.ended = Ended::Open;
                }
            }
        }
    }
}
