//! An article that a site prints on several pages, as one raw text.
//!
//! Why the pages are kept as they came, and joined when they are read: a later version that reads a page better reads all
//! of them better. *Law*: the pages stand in their order; what one of them repeats of an earlier one (headline, summary)
//! is cut from it; lines are numbered through all of them.

use std::collections::HashSet;

use super::same::key;
use super::{Cut, Document, Why, is_page, web};

/// How a raw text goes on that is several pages: before each stands how many bytes it has.
const BEGINS: &str = "<html class=\"pages\">";

/// Shorter lines may stand twice in an article.
const LONG: usize = 8;

/// Several pages, each a [`super::page`], as one raw text.
#[must_use]
pub fn pages(pages: &[String]) -> String {
    let mut raw = format!("{}{BEGINS}", is_page::MARK);
    for page in pages {
        raw.push_str(&format!("<!--{}-->{page}", page.len()));
    }
    raw
}

/// The pages of a raw text that is several.
fn of(raw: &str) -> Option<Vec<&str>> {
    let mut rest = raw.strip_prefix(is_page::MARK)?.strip_prefix(BEGINS)?;
    let mut pages = Vec::new();
    while !rest.is_empty() {
        let (length, behind) = rest.strip_prefix("<!--")?.split_once("-->")?;
        let (page, behind) = behind.split_at_checked(length.parse().ok()?)?;
        pages.push(page);
        rest = behind;
    }
    (!pages.is_empty()).then_some(pages)
}

/// The article on the pages of a raw text, if it is several pages.
pub(super) fn clean(raw: &str) -> Option<Document> {
    let mut pages = of(raw)?.into_iter();
    let (mut article, poster) = web::clean_of(pages.next()?, None)?;
    for page in pages {
        let (next, _) = web::clean_of(page, poster.as_deref())?;
        add(&mut article, next);
    }
    Some(article)
}

/// Whether a page has anything of an article that the pages before it have not, under the same headline.
#[must_use]
pub fn goes_on(before: &Document, next: &Document) -> bool {
    // `(2)` stands behind the headline on some.
    let title = |article: &Document| {
        let title = article.title.as_ref().map(|title| key(&title.text)).unwrap_or_default();
        title.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
    };
    let (one, two) = (title(before), title(next));
    let same = one == two || one.chars().count() >= 4 && two.starts_with(&one);
    let there = keys(before);
    same && next.paragraphs.iter().map(|one| key(&one.text)).any(|key| is_long(&key) && !there.contains(&key))
}

fn keys(article: &Document) -> HashSet<String> {
    article.paragraphs.iter().map(|paragraph| key(&paragraph.text)).filter(|key| is_long(key)).collect()
}

fn is_long(key: &str) -> bool {
    key.chars().count() >= LONG
}

/// Adds a page to those before it.
fn add(article: &mut Document, next: Document) {
    let lines = article.paragraphs.iter().chain(&article.title).map(|one| one.line);
    let before = lines.chain(article.cuts.iter().map(|cut| cut.last_line)).max().unwrap_or(0);
    let mut seen = keys(article);
    let mut cuts = Vec::new();
    let cut =
        |text: String, line: u32, why| Cut { first_line: line + before, last_line: line + before, text, why };
    // A headline that stands in no line has been on no page.
    if let Some(title) = next.title.filter(|title| title.line > 0) {
        cuts.push(cut(title.text, title.line, Why::RepeatedTitle));
    }
    for mut paragraph in next.paragraphs {
        let key = key(&paragraph.text);
        if is_long(&key) && !seen.insert(key) {
            cuts.push(cut(paragraph.text, paragraph.line, Why::Repeated));
        } else {
            paragraph.line += before;
            article.paragraphs.push(paragraph);
        }
    }
    cuts.extend(next.cuts.into_iter().map(|cut| Cut {
        first_line: cut.first_line + before,
        last_line: cut.last_line + before,
        ..cut
    }));
    cuts.sort_by_key(|cut| cut.first_line);
    article.cuts.extend(cuts);
    let (about, other) = (&mut article.about, next.about);
    // Who wrote it stands below its last line on many sites.
    about.author = about.author.take().or(other.author);
    about.published = about.published.or(other.published);
    about.site = about.site.take().or(other.site);
}

#[cfg(test)]
mod tests {
    use super::super::{clean, page};
    use super::*;

    fn a_page(title: &str, paragraphs: &[&str], foot: &str) -> String {
        let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
        page(&format!(
            "<html><head><title>{title}_小城网</title></head><body><h1>{title}</h1><div id=content>{body}</div>{foot}</body></html>"
        ))
        .expect("a page")
    }

    const LEAD: &str = "大雨过后的小城，人们怎样过了一夜？本报记者去老街看了看。";
    const A: &str = "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来。";
    const B: &str = "住在老街的王奶奶说，她七十年没有见过这样的雨，邻居们连夜用沙袋把门堵上。";
    const C: &str = "今天早上雨停了，清洁工人从四点钟开始打扫，孩子们已经可以走路去上学。";

    #[test]
    fn pages_are_one_article_and_say_nothing_twice() {
        let row = "<div>【1】【2】【3】</div>";
        let first = a_page("大雨过后", &[LEAD, A, "“好。”"], row);
        let second = a_page("大雨过后(2)", &[LEAD, B, "“好。”"], row);
        let third = a_page("大雨过后", &[LEAD, C], "<p>（责任编辑：王某某）</p>");
        let raw = pages(&[first.clone(), second.clone(), third]);
        let article = clean(&raw);
        assert_eq!(article.text(), ["大雨过后", LEAD, A, "“好。”", B, "“好。”", C].join("\n"));
        assert_eq!(article.about.author.as_deref(), Some("王某某"));
        let lines: Vec<u32> = article.paragraphs.iter().map(|one| one.line).collect();
        assert!(
            lines.is_sorted() && article.cuts.iter().map(|cut| cut.first_line).is_sorted(),
            "{article:?}"
        );
        let cut = |why| article.cuts.iter().filter(|cut| cut.why == why).count();
        assert_eq!((cut(Why::RepeatedTitle), cut(Why::Repeated)), (2, 2));
        assert!(super::super::is_page(&raw));
        let (first, second) = (clean(&first), clean(&second));
        assert!(goes_on(&first, &second) && !goes_on(&first, &first));
        assert!(!goes_on(&first, &clean(&a_page("河水涨了", &[B], ""))));
    }

    #[test]
    fn what_is_no_row_of_pages_is_one() {
        let only = a_page("大雨过后", &[A, B], "");
        assert_eq!(clean(&pages(std::slice::from_ref(&only))), clean(&only));
        let damaged = pages(&[only]).replace("<!--", "<!--9");
        assert_eq!(of(&damaged), None);
        assert!(clean(&damaged).text().contains(A));
    }

    #[test]
    fn who_began_a_thread_is_known_on_its_next_page() {
        let thread = |posts: &[(&str, u32, &str)]| {
            let post = |(who, floor, text): &(&str, u32, &str)| {
                format!(
                    "<table><tr><td>作者：{who}<br>等级：新手</td><td>{text}<hr><a>回复</a> 第{floor}楼 2003-5-{floor}</td></tr></table>"
                )
            };
            let posts: String = posts.iter().map(post).collect();
            page(&format!("<html><head><title>大雨那一夜_小城网</title></head><body><h1>大雨那一夜</h1>{posts}</body></html>"))
                .expect("a page")
        };
        let first = thread(&[("小城人", 1, LEAD), ("路人甲", 2, A)]);
        let second = thread(&[("路人乙", 3, B), ("小城人", 4, C), ("老张", 5, A)]);
        let article = clean(&pages(&[first, second]));
        assert_eq!(article.text(), ["大雨那一夜", LEAD, C].join("\n"));
        assert_eq!(article.about.author.as_deref(), Some("小城人"));
    }
}
