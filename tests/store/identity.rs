//! Which article a text is: by where its file lies and by what it says, never by how the path was typed.

use shengci::document::{Location, Origin};
use shengci::store::{Added, Outcome, Predecessor, Selection};

use super::sample::{Library, article, day};

const NEWS: &[&str] = &["公司:gong1+si1 新闻:xin1+wen2", "公司:gong1+si1 去:qu4 北京:bei3+jing1/place"];
const NEWS_EDITED: &[&str] =
    &["公司:gong1+si1 新闻:xin1+wen2 大:da4", "公司:gong1+si1 去:qu4 北京:bei3+jing1/place"];
const SCHOOL: &[&str] = &["学生:xue2+sheng5", "学生:xue2+sheng5 长:zhang3 大:da4", "长:chang2"];

/// A folder with files: an article whose file is gone is looked for elsewhere.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A file that is there.
    fn at(&self, typed: &str, path: &str) -> Origin {
        let file = self.0.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, path).expect("a file");
        self.gone(typed, path)
    }

    /// One that isn't, or is no more.
    fn gone(&self, typed: &str, path: &str) -> Origin {
        let location = Location::of(&self.0.path().join(path));
        Origin::File { path: typed.to_owned(), location: Some(location) }
    }

    fn path(&self, path: &str) -> String {
        self.0.path().join(path).to_string_lossy().into_owned()
    }
}

fn add(library: &mut Library, origin: &Origin, lines: &[&str], now: i64) -> Added {
    let (raw, read) = article(lines);
    library.store.add(&raw, origin, &read, day(now)).expect("it is added")
}

fn count(library: &Library) -> usize {
    library.store.articles(&Selection::All).expect("articles").len()
}

#[test]
fn one_name_in_two_folders_is_two_articles() {
    let (disk, mut library) = (Disk::new(), Library::new());
    let first = add(&mut library, &disk.at("news.txt", "x/news.txt"), NEWS, 0);
    let second = add(&mut library, &disk.at("news.txt", "y/news.txt"), NEWS_EDITED, 1);
    assert_eq!((first.outcome, second.outcome), (Outcome::New, Outcome::New));
    assert_eq!((second.held_before, count(&library)), (None, 2));
    library.is_whole();
}

#[test]
fn one_file_however_it_is_typed_is_one_article() {
    let (disk, mut library) = (Disk::new(), Library::new());
    add(&mut library, &disk.at("news.txt", "x/news.txt"), NEWS, 0);
    for (typed, lines) in [("./news.txt", NEWS_EDITED), ("/x/news.txt", NEWS), ("../x/news.txt", NEWS_EDITED)]
    {
        let again = add(&mut library, &disk.at(typed, "x/news.txt"), lines, 1);
        assert_eq!((again.article, again.outcome), (1, Outcome::Edited), "{typed}");
        // The origin is shown as it was typed first.
        assert_eq!(again.origin.to_string(), "news.txt");
    }
    assert_eq!(count(&library), 1);
    library.is_whole();
}

#[test]
fn a_file_that_is_written_over_with_another_article_is_another_article() {
    let (disk, mut library) = (Disk::new(), Library::new());
    let today = disk.at("today.txt", "x/today.txt");
    add(&mut library, &today, NEWS, 0);
    let other = add(&mut library, &today, SCHOOL, 1);
    assert_eq!((other.article, other.outcome, other.held_before), (2, Outcome::New, Some(1)));
    assert!(library.counts().iter().any(|(word, ..)| word == "北京"), "the first one's words count still");
    // The file's name means what is there now; a new wording of either is known.
    assert_eq!(library.store.article("today.txt").ok(), Some(2));
    let back = add(&mut library, &today, NEWS_EDITED, 2);
    assert_eq!((back.article, back.outcome, back.held_before), (1, Outcome::Edited, None));
    assert_eq!(add(&mut library, &today, SCHOOL, 3).outcome, Outcome::Same);
    library.is_whole();
}

#[test]
fn a_file_that_was_added_before_there_were_locations_is_known_again() {
    let (disk, mut library) = (Disk::new(), Library::new());
    library.add("news.txt", NEWS, day(0));
    library.add("school.txt", SCHOOL, day(0));
    // Another file of this name: nothing says that it is that one, and the text says that it isn't.
    let other = add(&mut library, &disk.at("news.txt", "y/news.txt"), &["大:da4 年:nian2"], 1);
    assert_eq!((other.article, other.outcome), (3, Outcome::New));
    let edited = add(&mut library, &disk.at(&disk.path("x/news.txt"), "x/news.txt"), NEWS_EDITED, 1);
    assert_eq!((edited.article, edited.outcome), (1, Outcome::Edited));
    // Its place is known from now on: the like of it elsewhere is another one.
    let elsewhere = add(&mut library, &disk.at("news.txt", "z/news.txt"), NEWS, 2);
    assert_eq!((elsewhere.article, elsewhere.outcome), (4, Outcome::New));
    // The same text tells, too.
    assert_eq!(add(&mut library, &disk.at("school.txt", "x/school.txt"), SCHOOL, 2).outcome, Outcome::Same);
    let origins: Vec<Origin> = library
        .store
        .articles(&Selection::All)
        .expect("articles")
        .into_iter()
        .map(|row| row.origin)
        .collect();
    assert_eq!(origins[..2], [disk.at("news.txt", "x/news.txt"), disk.at("school.txt", "x/school.txt")]);
    library.is_whole();
}

#[test]
fn a_file_that_is_gone_from_where_it_was_is_known_again() {
    let (disk, mut library) = (Disk::new(), Library::new());
    add(&mut library, &disk.gone("news.txt", "old/news.txt"), NEWS, 0);
    add(&mut library, &disk.at("there.txt", "old/there.txt"), SCHOOL, 0);
    // Moved, and edited since.
    let edited = add(&mut library, &disk.gone("news.txt", "new/news.txt"), NEWS_EDITED, 1);
    assert_eq!((edited.article, edited.outcome), (1, Outcome::Edited));
    // Renamed, and just the same; then edited.
    let renamed = disk.at("a.txt", "new/a.txt");
    assert_eq!(add(&mut library, &renamed, NEWS_EDITED, 2).outcome, Outcome::Same);
    assert_eq!(add(&mut library, &renamed, NEWS, 3).article, 1);
    // A copy of a file that is still there is not that file, once it says something else.
    let copy = disk.at("there.txt", "new/there.txt");
    let same = add(&mut library, &copy, SCHOOL, 4);
    assert_eq!((same.article, same.outcome), (2, Outcome::Same));
    let edited = add(&mut library, &copy, &[SCHOOL[0], SCHOOL[1]], 5);
    assert_eq!((edited.article, edited.outcome), (3, Outcome::New));
    library.is_whole();
}

#[test]
fn a_path_names_the_article_that_lies_there() {
    let (disk, mut library) = (Disk::new(), Library::new());
    add(&mut library, &disk.at("news.txt", "x/news.txt"), NEWS, 0);
    add(&mut library, &disk.at("news.txt", "y/news.txt"), SCHOOL, 0);
    for (reference, expected) in
        [("x/news.txt", Some(1)), (&*disk.path("y/news.txt"), Some(2)), ("news.txt", None)]
    {
        assert_eq!(library.store.article(reference).ok(), expected, "{reference}");
    }
}

#[test]
fn decks_are_remembered_each_by_itself() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    let note = |guid: &str| shengci::store::Given {
        guid: guid.to_owned(),
        hash: "0f".to_owned(),
        versions: "[]".to_owned(),
        cards: "recognition".to_owned(),
        shown: None,
        modified: day(0),
    };
    let store = &mut library.store;
    store.record_export("my", None, &[note("a"), note("b")], day(0)).expect("an export");
    let (shared, moved) = (Predecessor::Shared("my".to_owned()), Predecessor::Moved("my".to_owned()));
    store.record_export("/x/my.yaml", Some(&shared), &[], day(0)).expect("a copy");
    store.record_export("/y/my.yaml", Some(&moved), &[], day(0)).expect("a rename");
    let decks: Vec<String> = store.decks().expect("decks").into_iter().collect();
    assert_eq!(decks, ["/x/my.yaml", "/y/my.yaml"]);
    for deck in decks {
        assert_eq!(store.exported(&deck).expect("notes").len(), 2, "{deck}");
    }
}
