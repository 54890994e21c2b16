//! Where the sentences of a clean text are.
//!
//! A sentence is what a card shows, so it ends where a reader would stop: after 。！？… and their half-width
//! forms between hanzi, with the closing quotes and brackets that follow; and at a line's end.

use crate::span::Span;

/// The sentences of `text`, in order; blanks round them belong to none.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut push = |range: std::ops::Range<usize>| {
        let slice = &text[range.clone()];
        let start = range.start + (slice.len() - slice.trim_start().len());
        let end = start + slice.trim().len();
        sentences.extend(Span::new(text, start..end));
    };
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, '\n' | '。' | '！' | '？' | '!' | '?' | '…' | '；');
        if !ends {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next_at, next)) = chars.peek() {
            if !matches!(
                next,
                '。' | '！' | '？' | '!' | '?' | '…' | '”' | '’' | '」' | '』' | '）' | ')' | '"'
            ) {
                break;
            }
            end = next_at + next.len_utf8();
            chars.next();
        }
        push(start..end);
        start = end;
    }
    push(start..text.len());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_sentence_ends_with_its_closing_quote() {
        assert_eq!(split("他说：“好！”她走了。\n 第二段"), ["他说：“好！”", "她走了。", "第二段"]);
        assert_eq!(split(" \n\n"), Vec::<&str>::new());
    }
}
