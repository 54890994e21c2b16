//! The first user's page: the lines that are kept, and those that are cut.

use shengci::document::{Why, clean};

use super::article;

#[test]
#[ignore = "needs ../shared/articles/meta-scale-ai.txt; .ci/run runs it where that is"]
fn the_first_article_comes_out_perfect() {
    let raw = article();
    let document = clean(&raw);
    assert_eq!(document.title.as_ref().map(|t| t.line), Some(1));
    let lines: Vec<u32> = document.paragraphs.iter().map(|p| p.line).collect();
    assert_eq!(lines, (3..=25).collect::<Vec<_>>());
    assert!(
        document.paragraphs[0].text.starts_with("收购股份")
            && document.paragraphs[0].text.ends_with("上演。")
    );
    let raw_lines: Vec<&str> = raw.lines().collect();
    for paragraph in &document.paragraphs[1..] {
        assert_eq!(paragraph.text, raw_lines[paragraph.line as usize - 1], "the first body is whole");
    }
    let cuts: Vec<_> = document.cuts.iter().map(|c| (c.first_line, c.last_line, c.why)).collect();
    assert_eq!(
        cuts,
        [
            (2, 2, Why::RepeatedTitle),
            (3, 3, Why::RepeatedTitle),
            (27, 47, Why::Repeated),
            (49, 49, Why::Noise),
            (50, 53, Why::Comments),
        ]
    );
    assert_eq!(document.cuts[2].text, raw_lines[26..47].join("\n"), "the second body is cut whole");
}
