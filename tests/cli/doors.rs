//! Unseen characters are not let in: not into glosses, words, names, tags, nor under the name of a list.

use super::with_an_article;

/// An escape, one of Latin-1, one that turns the line round, one without width, a tag.
const HIDDEN: [&str; 6] = ["\u{1b}[2J", "\u{9b}2J", "\u{202e}", NO_WIDTH, "\u{e0041}", "\n"];
/// A character that comes along with copied text.
const NO_WIDTH: &str = "\u{200b}";

#[test]
fn what_is_typed_hides_nothing() {
    let home = with_an_article();
    let before = home.ok(["dump"]);
    for hidden in HIDDEN {
        let (gloss, word) = (format!("a {hidden}firm"), format!("公{hidden}司"));
        home.run(["sense", "公司", &gloss]).is_failure("that is not seen (U+");
        if hidden == NO_WIDTH {
            continue; // In a word it is left out: see `words_are_found_however_they_are_written`.
        }
        let other = format!("司{hidden}");
        for arguments in [
            &["sense", &word, "a firm"][..],
            &["correct", &word, "gōngsī"],
            &["correct", "司", "sī", "--in", &word],
            &["split", &word, "公", &other],
            &["join", "公", &other],
            &["name", &word, "person"],
            &["ignore", &word],
            &["mark", "known", &word],
            &["learned", &format!("{word}=gōngsī")],
        ] {
            let code = home.run(arguments).is_failure("that is not seen (U+").code;
            assert_eq!(code, Some(1), "{arguments:?}");
        }
        assert_eq!(home.ok(["dump"]), before, "{hidden:?}");
    }
    // A hanzi in a form of its own hides nothing.
    home.ok(["sense", "公司", "as in 葛\u{e0100}城"]);
}

#[test]
fn what_others_share_hides_nothing() {
    let home = with_an_article();
    for hidden in HIDDEN {
        let quoted: String = hidden.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
        for (text, place) in [
            (format!("- sense: 公司\n  reading: gōng sī\n  gloss: \"a {quoted}firm\"\n"), ":3: "),
            (format!("- ignore: 图\n- join: \"公{quoted}司\"\n"), ":2: "),
            (format!("- name: \"公{quoted}司\"\n  kind: person\n"), ":1: "),
        ] {
            home.file("theirs.yaml", &text);
            let said = home.run(["corrections", "--import", "theirs.yaml"]);
            said.is_failure(&format!("theirs.yaml{place}"));
        }
        for (text, place) in [
            (format!("name: \"新{quoted}闻\"\n"), "deck.yaml:1:7: "),
            (format!("name: 新闻\ntags: [\"my{quoted}tag\"]\n"), "deck.yaml:2:8: "),
            (format!("name: 新闻\nwords:\n  skip: [\"公{quoted}司\"]\n"), "deck.yaml:3:10: "),
            (format!("name: 新闻\nwords:\n  articles: \"#my{quoted}tag\"\n"), "deck.yaml:3:13: "),
        ] {
            home.file("deck.yaml", &text);
            home.run(["export", "deck.yaml"]).is_failure(place);
        }
        let list = format!("my{hidden}list.txt");
        home.file(&list, "公司\n");
        home.run(["mark", "known", "--from", &list]).is_failure("the name of the list");
        home.run(["import", &list]).is_failure("the name of the list");
        let said =
            home.pipe(["mark", "known", "-"], format!("小{hidden}模型 xiǎo mó xíng\n公司\n").as_bytes());
        assert_eq!(said.code, Some(0), "{said:?}");
        assert_eq!(said.out.contains("小模型  xiǎo mó xíng"), hidden == NO_WIDTH, "{said:?}");
        home.ok(["undo"]);
        home.run(["undo"]).is_failure("nothing to undo");
    }
}
