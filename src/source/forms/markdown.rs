//! Markdown as a page: headings, emphasis, links and tables are their text.
//!
//! By pulldown-cmark. People write Markdown as they write text: with a paragraph a line, without blank lines between. So
//! a line break is one, unless the breaks of the file stand where nobody pauses, as a wrapped text has them.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use super::leaf::{Head, page};

/// The page of a text in Markdown.
pub(super) fn read(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let text = text.trim_start_matches('\u{FEFF}');
    let wrapped = is_wrapped(text, options);
    let mut head = Head::default();
    let (mut in_head, mut in_code, mut in_picture) = (false, false, 0_usize);
    let mut events = Vec::new();
    for event in TextMergeStream::new(Parser::new_ext(text, options)) {
        match event {
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => in_head = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_head = false,
            Event::Text(fields) if in_head => fill(&mut head, &fields),
            // The caption of a picture stands below it; the text inside is for who can't see it.
            Event::Start(Tag::Image { .. }) => in_picture += 1,
            Event::End(TagEnd::Image) => in_picture = in_picture.saturating_sub(1),
            _ if in_picture > 0 => {}
            Event::Start(Tag::CodeBlock(_)) => {
                in_code = true;
                events.push(event);
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                events.push(event);
            }
            Event::Text(text) if in_code => {
                for line in text.split_inclusive('\n') {
                    events.push(Event::Text(line.trim_end().to_owned().into()));
                    if line.ends_with('\n') {
                        events.push(Event::HardBreak);
                    }
                }
            }
            // Emphasis that stands against a hanzi and a sign closes nothing in CommonMark.
            Event::Text(text) => events.push(Event::Text(text.replace("**", "").into())),
            Event::SoftBreak if !wrapped => events.push(Event::HardBreak),
            event => events.push(event),
        }
    }
    let mut body = String::with_capacity(text.len() * 2);
    html::push_html(&mut body, events.into_iter());
    page(&head, &body)
}

/// Whether the lines of the paragraphs break where nobody pauses.
fn is_wrapped(text: &str, options: Options) -> bool {
    let (mut breaks, mut anywhere) = (0_usize, 0_usize);
    let mut last = None;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) => last = text.chars().next_back(),
            Event::SoftBreak => {
                breaks += 1;
                anywhere += usize::from(last.is_some_and(char::is_alphanumeric));
            }
            _ => {}
        }
    }
    breaks >= 3 && anywhere * 2 > breaks
}

/// Takes what the fields over the text say: `title: 雨`.
fn fill(head: &mut Head, fields: &str) {
    for line in fields.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        if value.is_empty() {
            continue;
        }
        let place = match name.trim().to_ascii_lowercase().as_str() {
            "title" => &mut head.title,
            "author" => &mut head.author,
            "date" => &mut head.date,
            _ => continue,
        };
        *place = Some(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{clean, leaf};

    fn texts(markdown: &str) -> (Option<String>, Vec<String>) {
        let article = clean(&leaf(&read(markdown)).expect("a page"));
        (
            article.title.map(|title| title.text),
            article.paragraphs.into_iter().map(|line| line.text).collect(),
        )
    }

    #[test]
    fn marks_go_and_texts_stay() {
        let (title, lines) = texts(
            "---\ntitle: \"大雨过后\"\nauthor: 王某\n---\n# 大雨过后\n\n昨天**夜里**，[一场大雨](https://a.example/1)*下*了`三个`小时。![照片](a.jpg)\n\n\
             - 公司(gōngsī)\n- <ruby>银行<rt>yínháng</rt></ruby>\n\n| 甲 | 乙 |\n|--|--|\n| 雨 | 雪 |\n\n> **“真大！”**她说。\n\n    第一行\n    第二行\n",
        );
        assert_eq!(title.as_deref(), Some("大雨过后"));
        assert_eq!(
            lines,
            [
                "昨天夜里，一场大雨下了三个小时。",
                "公司(gōngsī)",
                "银行(yínháng)",
                "甲 乙",
                "雨 雪",
                "“真大！”她说。",
                "第一行",
                "第二行"
            ]
        );
    }

    #[test]
    fn a_line_is_a_paragraph_unless_the_text_is_wrapped() {
        let (title, lines) = texts("大雨过后\n昨天夜里下了雨。\n今天晴。\n");
        assert_eq!((title.as_deref(), lines.len()), (Some("大雨过后"), 2));
        let (_, lines) = texts(
            "# 雨\n\n昨天夜里，一场大雨让城里的许\n多街道变成了小河，公交车不得\n不在半路停下来，等雨停了以后\n才走。\n",
        );
        assert_eq!(
            lines,
            ["昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来，等雨停了以后才走。"]
        );
    }
}
