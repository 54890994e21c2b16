//! The acts of a library, by its functions alone: no process, no terminal, no clock.

use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use shengci::library::export::{Deleted, ExportRequest, Outlet, Style, Way};
use shengci::library::mark::{Which, mark};
use shengci::library::{Config, Failure, Made, Patience, Place, add, correct, deck_file};
use shengci::words::{Moment, Status};

/// A package that is kept in memory once it is complete, or one that never arrives.
struct Kept<'b> {
    file: File,
    bytes: Option<&'b mut Vec<u8>>,
}

impl<'b> Kept<'b> {
    fn new(bytes: Option<&'b mut Vec<u8>>) -> Self {
        Self { file: tempfile::tempfile().expect("a file"), bytes }
    }
}

impl Outlet for Kept<'_> {
    fn file(&mut self) -> &mut File {
        &mut self.file
    }

    fn put(mut self) -> Result<(), Failure> {
        let Some(bytes) = self.bytes else { return Err(Failure::new("the disk is full")) };
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(bytes)?;
        Ok(())
    }
}

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.txt"), "公司发展\n\n这家公司今天发布了新的股份计划。\n")
            .expect("a file");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn place(&self, day: i64) -> Place {
        Place::new(Some(self.path("library.db")), Moment(1_790_000_000 + day * 86_400), Patience::default())
    }

    fn make(&self, day: i64, outlet: Kept<'_>) -> Result<Made, Failure> {
        let named = [OsString::from(self.path("a.txt"))];
        let texts = add::find(&named, || Box::new(std::io::empty()), shengci::library::Web::new(false))?
            .read_named()?;
        let definition = deck_file::find("news", &Config::default())?;
        let mut library = self.place(day).open()?;
        library.make(texts, &definition, (Path::new("a.apkg"), outlet), &mut ())
    }

    /// How many notes another deck has, and how many of them no deck had given before.
    fn export(&self, day: i64, outlet: Kept<'_>) -> Result<(usize, usize), Failure> {
        let file = self.path("mine.yaml");
        std::fs::write(&file, "name: Mine\nwords: {status: [new, learning]}\n").expect("a file");
        let definition = deck_file::from_file(&file, &Config::default())?;
        let (deleted, style) = (Deleted::LeftOut, Style::Theirs);
        let wish = ExportRequest { definition: &definition, article: None, deleted, style };
        let mut library = self.place(day).open_existing()?;
        let built = library.export(&wish, Way::Package(outlet), &mut ())?.built;
        Ok((built.notes(), built.new))
    }
}

#[test]
fn an_article_becomes_the_same_package_whenever_it_is_made() {
    let home = Home::new();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let made = home.make(0, Kept::new(Some(&mut first))).expect("a package");
    assert!(made.notes > 0 && made.notes == made.new_notes, "{made:?}");
    let again = home.make(3, Kept::new(Some(&mut second))).expect("a package");
    assert_eq!((again.notes, again.new_notes, again.changed_notes), (made.notes, 0, 0));
    assert!(first == second, "nothing has changed");
}

#[test]
fn what_did_not_arrive_was_not_given() {
    let home = Home::new();
    let failure = home.make(0, Kept::new(None)).expect_err("a full disk");
    assert_eq!(failure.what(), "the disk is full");
    assert!(failure.hints().iter().any(|hint| hint.contains("the articles are in the library")));
    let made = home.make(1, Kept::new(Some(&mut Vec::new()))).expect("a package");
    assert_eq!(made.new_notes, made.notes, "{made:?}");
    assert_eq!(made.articles[0].outcome, "same");
}

#[test]
fn a_note_is_new_once_whichever_deck_gives_it() {
    let home = Home::new();
    home.make(0, Kept::new(Some(&mut Vec::new()))).expect("a package");
    std::fs::write(
        home.path("a.txt"),
        "公司发展\n\n这家公司今天发布了新的股份计划，投资者很高兴，董事会宣布增加研发预算。\n",
    )
    .expect("a file");
    let made = home.make(1, Kept::new(Some(&mut Vec::new()))).expect("a package");
    assert!(made.new_notes > 0 && made.new_notes < made.notes, "{made:?}");
    let (notes, new) = home.export(2, Kept::new(Some(&mut Vec::new()))).expect("a package");
    assert!(notes > new && new < made.notes, "{notes} {new}: the first deck has given most of them");
    let again = home.export(3, Kept::new(Some(&mut Vec::new()))).expect("a package");
    assert_eq!(again, (notes, 0));
}

#[test]
fn a_mark_that_is_only_tried_makes_no_library() {
    let home = Home::new();
    let words = Which::Words(vec!["公司".to_owned(), "长=cháng".to_owned()]);
    let said = mark(Status::Known, &words, &home.place(0), true).expect("marks");
    assert_eq!((said.words.len(), said.marked.changed, said.marked.born), (2, 2, 2));
    assert!(!home.path("library.db").exists());
    let said = mark(Status::Known, &words, &home.place(0), false).expect("marks");
    assert_eq!((said.marked.changed, said.marked.unchanged), (2, 0));
    let said = mark(Status::Known, &words, &home.place(1), true).expect("marks");
    assert_eq!((said.marked.changed, said.marked.unchanged), (0, 2));
}

#[test]
fn what_is_put_right_is_told_and_taken_back() {
    let home = Home::new();
    home.make(0, Kept::new(Some(&mut Vec::new()))).expect("a package");
    let mut library = home.place(1).open_existing().expect("a library");
    let wish = correct::Wish::split("公司", &["公".to_owned(), "司".to_owned()]).expect("a wish");
    let corrected = library.correct(wish, &mut ()).expect("a correction");
    assert_eq!((corrected.recorded, corrected.articles), (1, 1));
    let stale: Vec<&str> = corrected.stale.iter().map(|key| key.headword.as_str()).collect();
    assert_eq!(stale, ["公司"], "its note is in Anki, and it is no word any more");
    let (undone, articles) = library.undo(&mut ()).expect("a correction");
    assert_eq!((undone.corrections.len(), articles), (1, 1));
    assert!(correct::Wish::split("公司", &["公".to_owned()]).is_err());
}
