//! The same news from several places is counted once, and all places are kept.

use crate::support::Home;

const NEWS: &str = "大雨让街道变成了河\n\
    昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来，等水退了才走。\n\
    住在老街的王奶奶说，她七十年没有见过这样的雨，邻居们连夜用沙袋把门堵上，没有人受伤。\n\
    气象台的工程师说，明天下午还会有雨，请大家出门的时候带上雨伞，不要走桥下的路。\n";

fn counts(home: &Home) -> serde_json::Value {
    home.json(["words"])
}

#[test]
fn a_copy_changes_no_count_and_its_place_is_kept() {
    let home = Home::new();
    home.file("agency.txt", NEWS);
    home.file("site.txt", format!("{}（来源：小城网）\n", NEWS.replace("许多街道", "很多街道")));
    home.file("page.html", format!("<html><body><p>{}</p></body></html>", NEWS.replace('\n', "</p><p>")));
    home.ok(["add", "agency.txt"]);
    let before = counts(&home);
    for name in ["site.txt", "page.html", "site.txt"] {
        let added = home.json(["add", name]);
        assert_eq!(
            (&added[0]["outcome"], &added[0]["article"]),
            (&"copy".into(), &1.into()),
            "{name}: {added}"
        );
    }
    assert_eq!(counts(&home), before);
    let articles = home.json(["articles"]);
    assert_eq!(articles.as_array().map(Vec::len), Some(1));
    assert_eq!(articles[0]["copies"], serde_json::json!(["page.html", "site.txt"]));

    // They outlive a dump.
    home.ok(["dump", "all.jsonl"]);
    let loaded = Home::new();
    std::fs::copy(home.join("all.jsonl"), loaded.join("all.jsonl")).expect("a copy");
    loaded.ok(["load", "all.jsonl"]);
    assert_eq!(loaded.json(["articles"])[0]["copies"], articles[0]["copies"]);
    assert!(home.ok(["check"]).contains("in order") || home.run(["check"]).code == Some(0));
}

#[test]
fn it_is_counted_where_that_is_asked_for_and_where_it_is_another_article() {
    let home = Home::new();
    home.file("agency.txt", NEWS);
    home.file("site.txt", NEWS.replace("许多街道", "很多街道"));
    let other = "老师带着学生去图书馆，他们在那里看了一个下午的书，晚上才坐公共汽车回到学校，大家都很高兴。";
    home.file(
        "other.txt",
        format!(
            "图书馆的下午\n{other}\n学生们说，下个星期他们还要去，因为还有很多书没有看完，老师答应了。\n"
        ),
    );
    home.ok(["add", "agency.txt"]);
    assert_eq!(home.json(["add", "other.txt"])[0]["outcome"], "new");
    assert_eq!(home.json(["add", "--again", "site.txt"])[0]["outcome"], "new");
    assert_eq!(home.json(["articles"]).as_array().map(Vec::len), Some(3));
    // A new wording in the same file is that article, as ever.
    home.file("agency.txt", format!("{NEWS}后来雨停了。\n"));
    assert_eq!(home.json(["add", "agency.txt"])[0]["outcome"], "edited");
}
