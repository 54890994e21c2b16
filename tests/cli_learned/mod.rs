//! The learner's knowledge, through the program itself: marks, imports, reports, copies, and rounds with the real Anki.

mod anki;
mod copies;
mod crash;
mod marks;
mod own;
mod report;
mod rounds;
mod slips;
#[cfg(unix)]
mod stopped;
mod strangers;
mod told;

use serde_json::Value;

use crate::support::Home;

const FIRST: &str = "海边的图书馆\n\n这座图书馆在海边。工程师在图书馆里修理机器人。读者喜欢安静的图书馆。\n\n\
    老师带学生参观图书馆，学生觉得机器人很有趣。\n";
const SECOND: &str = "新的机器人\n\n工程师又造了一台机器人。机器人会整理书架，读者都很惊讶。\n\n\
    老师说，这台机器人比学生还认真。\n";
const THIRD: &str = "冬天的书店\n\n冬天的书店很安静，老板每天整理书架。读者喝着咖啡，慢慢读小说。\n";

/// A home with an article in its library.
fn home_with_article() -> Home {
    let home = Home::new();
    let article = home.file("first.txt", FIRST);
    home.ok(["add".as_ref(), article.as_os_str()]);
    home
}

/// `公司` → its status, out of the whole vocabulary.
fn status(home: &Home, word: &str) -> String {
    let rows = home.json(["words", "--all"]);
    let rows = rows.as_array().expect("rows");
    let found = rows.iter().find(|row| row["simplified"] == word);
    found.map_or("never met", |row| row["status"].as_str().expect("a status")).to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}
