//! The statistics as a page: one file, no script, nothing from elsewhere, light or dark as the reader has it.
//!
//! Plots are inline SVG of our own; what a bar stands for is its `<title>`, and the numbers stand once more in a
//! table at the end, for those who can't see plots. Nothing that a learner typed is on it, so nothing to escape.

use std::fmt::Write;

use super::levels::Levels;
use crate::library::rows::day;
use crate::library::written::{PAGE_BEGINS, PAGE_ENDS};
use crate::store::{Stats, Week};
use crate::words::{Moment, Status};

const STYLE: &str = include_str!("page.css");

/// Width of a plot, in the units of its own drawing.
const WIDTH: f64 = 720.0;
/// Height of one, without its labels.
const HEIGHT: f64 = 200.0;
/// Room for the numbers at the left.
const LEFT: f64 = 52.0;

/// The page. `chosen` is the list that stands first.
#[must_use]
pub fn page(stats: &Stats, lists: &[Levels], chosen: usize, now: Moment) -> String {
    let mut page = String::new();
    // Writing into a string can't fail.
    let _ = write_page(&mut page, stats, lists, chosen, now);
    page
}

fn write_page(
    page: &mut String,
    stats: &Stats,
    lists: &[Levels],
    chosen: usize,
    now: Moment,
) -> std::fmt::Result {
    let all = |status: Status| -> u32 {
        [&stats.seen, &stats.unseen].iter().filter_map(|counts| counts.get(&status)).sum()
    };
    write!(
        page,
        "{PAGE_BEGINS}<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>生词: {} words known</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <h1>生词</h1>\n<p>What I have read and learned, on {}.</p>\n<dl>\n",
        grouped(u64::from(all(Status::Known))),
        day(now)
    )?;
    for (name, number) in [
        ("words known", u64::from(all(Status::Known))),
        ("being learned", u64::from(all(Status::Learning))),
        ("different words met", u64::from(stats.words)),
        ("running words read", stats.occurrences),
        ("articles", u64::from(stats.articles)),
    ] {
        writeln!(page, "<div><dt>{name}</dt><dd>{}</dd></div>", grouped(number))?;
    }
    page.push_str("</dl>\n");
    if stats.weeks.is_empty() {
        page.push_str("<p>Nothing was recorded yet.</p>\n");
    } else {
        growth(page, &stats.weeks)?;
        columns(
            page,
            "Words learned per week",
            "net of those forgotten or taken back",
            "known",
            &stats.weeks,
            |at, weeks| i64::from(weeks[at].known) - if at == 0 { 0 } else { i64::from(weeks[at - 1].known) },
        )?;
        columns(
            page,
            "New words met per week",
            "words that stood in no article before",
            "met",
            &stats.weeks,
            |at, weeks| i64::from(weeks[at].new_words),
        )?;
        columns(page, "Articles per week", "", "met", &stats.weeks, |at, weeks| {
            i64::from(weeks[at].articles)
        })?;
    }
    let others = lists.iter().enumerate().filter(|(at, _)| *at != chosen).map(|(_, list)| list);
    for list in lists.get(chosen).into_iter().chain(others) {
        ladder(page, list)?;
    }
    numbers(page, &stats.weeks)?;
    page.push_str(PAGE_ENDS);
    Ok(())
}

/// Words known and being learned over time.
fn growth(page: &mut String, weeks: &[Week]) -> std::fmt::Result {
    let most = weeks.iter().map(|week| week.known.max(week.learning)).max().unwrap_or(0);
    let scale = Scale::of(i64::from(most), 0);
    page.push_str(
        "<h2>Words over time</h2>\n<ul class=\"key\"><li><i style=\"background:var(--known)\"></i>known</li>\
         <li><i style=\"background:var(--learning)\"></i>being learned</li></ul>\n",
    );
    open(page, "Words known and being learned, week by week", &scale)?;
    let x = |at: usize| LEFT + (WIDTH - LEFT) * (number(at) + 0.5) / number(weeks.len());
    let path = |of: fn(&Week) -> u32| -> String {
        let point = |(at, week): (usize, &Week)| format!("{:.1},{:.1}", x(at), scale.y(f64::from(of(week))));
        weeks.iter().enumerate().map(point).collect::<Vec<_>>().join(" ")
    };
    let known = path(|week| week.known);
    if weeks.len() > 1 {
        let (first, last) = (x(0), x(weeks.len() - 1));
        let floor = scale.y(0.0);
        writeln!(
            page,
            "<polygon class=\"area\" points=\"{first:.1},{floor:.1} {known} {last:.1},{floor:.1}\"/>"
        )?;
        writeln!(page, "<polyline class=\"line learning\" points=\"{}\"/>", path(|week| week.learning))?;
        writeln!(page, "<polyline class=\"line\" points=\"{known}\"/>")?;
    }
    for (at, week) in weeks.iter().enumerate().filter(|_| weeks.len() < 3) {
        for (class, value) in [("learning", week.learning), ("known", week.known)] {
            let y = scale.y(f64::from(value));
            writeln!(page, "<circle class=\"{class}\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4\"/>", x(at))?;
        }
    }
    let step = (WIDTH - LEFT) / number(weeks.len());
    for (at, week) in weeks.iter().enumerate() {
        writeln!(
            page,
            "<rect class=\"hit\" x=\"{:.1}\" y=\"0\" width=\"{step:.1}\" height=\"{HEIGHT}\"><title>week of {}: {} known, {} being learned</title></rect>",
            x(at) - step / 2.0,
            day(week.start),
            week.known,
            week.learning
        )?;
    }
    close(page, weeks)
}

/// A column a week.
fn columns(
    page: &mut String,
    title: &str,
    what: &str,
    class: &str,
    weeks: &[Week],
    value: impl Fn(usize, &[Week]) -> i64,
) -> std::fmt::Result {
    let values: Vec<i64> = (0..weeks.len()).map(|at| value(at, weeks)).collect();
    let bound = |it: Option<&i64>| it.copied().unwrap_or(0);
    let scale = Scale::of(bound(values.iter().max()).max(0), bound(values.iter().min()).min(0));
    writeln!(page, "<h2>{title}</h2>")?;
    if !what.is_empty() {
        writeln!(page, "<p>{what}</p>")?;
    }
    open(page, title, &scale)?;
    let step = (WIDTH - LEFT) / number(weeks.len());
    let width = (step * 0.8).min(24.0);
    for (at, (&value, week)) in values.iter().zip(weeks).enumerate() {
        let (zero, top) = (scale.y(0.0), scale.y(float(value)));
        let height = (zero - top).abs();
        let x = LEFT + step * number(at);
        if value != 0 {
            writeln!(
                page,
                "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{:.1}\"/>",
                x + (step - width) / 2.0,
                zero.min(top),
                (width / 4.0).min(2.0)
            )?;
        }
        writeln!(
            page,
            "<rect class=\"hit\" x=\"{x:.1}\" y=\"0\" width=\"{step:.1}\" height=\"{HEIGHT}\"><title>week of {}: {value}</title></rect>",
            day(week.start)
        )?;
    }
    close(page, weeks)
}

/// How much of each level of a list is known.
fn ladder(page: &mut String, list: &Levels) -> std::fmt::Result {
    const ROW: f64 = 30.0;
    const RIGHT: f64 = 215.0;
    let height = ROW * number(list.levels.len());
    writeln!(
        page,
        "<h2>HSK {}</h2>\n<ul class=\"key\"><li><i style=\"background:var(--known)\"></i>known</li><li><i \
         style=\"background:var(--learning)\"></i>being learned</li><li><i style=\"background:var(--rest)\"></i>to \
         come</li></ul>\n<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"HSK {}, level by level\">",
        list.version, list.version
    )?;
    let room = WIDTH - LEFT - RIGHT;
    for (at, level) in list.levels.iter().enumerate() {
        let y = ROW * number(at) + 6.0;
        let share = |count: u32| room * f64::from(count) / f64::from(level.total.max(1));
        let (known, learning) = (share(level.known), share(level.learning));
        let percent = 100 * u64::from(level.known) / u64::from(level.total.max(1));
        writeln!(
            page,
            "<g><title>level {}: {} known, {} being learned, of {}</title><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\
             <rect class=\"rest\" x=\"{LEFT}\" y=\"{y}\" width=\"{room:.1}\" height=\"18\" rx=\"2\"/>\
             <rect class=\"known\" x=\"{LEFT}\" y=\"{y}\" width=\"{known:.1}\" height=\"18\" rx=\"2\"/>\
             <rect class=\"learning\" x=\"{:.1}\" y=\"{y}\" width=\"{learning:.1}\" height=\"18\" rx=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{percent} %, {} of {}</text></g>",
            level.level,
            level.known,
            level.learning,
            level.total,
            LEFT - 10.0,
            y + 13.0,
            level.level,
            LEFT + known + if known > 0.0 { 2.0 } else { 0.0 },
            LEFT + room + 12.0,
            y + 13.0,
            grouped(u64::from(level.known)),
            grouped(u64::from(level.total)),
        )?;
    }
    page.push_str("</svg>\n");
    Ok(())
}

/// The same in numbers.
fn numbers(page: &mut String, weeks: &[Week]) -> std::fmt::Result {
    if weeks.is_empty() {
        return Ok(());
    }
    page.push_str(
        "<details><summary>The weeks in numbers</summary>\n<table>\n<tr><th>week of</th><th>known</th>\
         <th>being learned</th><th>new words met</th><th>articles</th></tr>\n",
    );
    for week in weeks.iter().rev() {
        writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            day(week.start),
            week.known,
            week.learning,
            week.new_words,
            week.articles
        )?;
    }
    page.push_str("</table>\n</details>\n");
    Ok(())
}

/// The scale of a plot's height.
struct Scale {
    top: i64,
    bottom: i64,
    step: i64,
}

impl Scale {
    /// Round numbers round these.
    fn of(most: i64, least: i64) -> Self {
        let range = (most - least).max(1);
        let mut step = 1;
        // 1, 2, 5, 10, 20, 50 …: until four lines are enough.
        while range > step * 4 {
            step = match step.to_string().chars().next() {
                Some('2') => step / 2 * 5,
                _ => step * 2,
            };
        }
        Self { top: ((most + step - 1) / step).max(1) * step, bottom: least.div_euclid(step) * step, step }
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT * (float(self.top) - value) / float(self.top - self.bottom)
    }
}

/// Begins a plot with its lines and their numbers.
fn open(page: &mut String, title: &str, scale: &Scale) -> std::fmt::Result {
    writeln!(page, "<svg viewBox=\"0 -8 {WIDTH} {}\" role=\"img\" aria-label=\"{title}\">", HEIGHT + 34.0)?;
    let mut value = scale.bottom;
    while value <= scale.top {
        let y = scale.y(float(value));
        let class = if value == 0 { "axis" } else { "grid" };
        writeln!(
            page,
            "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}{}</text>",
            LEFT - 8.0,
            y + 4.0,
            if value < 0 { "−" } else { "" },
            grouped(value.unsigned_abs())
        )?;
        value += scale.step;
    }
    Ok(())
}

/// Ends it with the dates.
fn close(page: &mut String, weeks: &[Week]) -> std::fmt::Result {
    let step = (WIDTH - LEFT) / number(weeks.len());
    let every = weeks.len().div_ceil(6).max(1);
    for (at, week) in weeks.iter().enumerate().step_by(every) {
        let x = LEFT + step * (number(at) + 0.5);
        let anchor = if at == 0 { "start" } else { "middle" };
        let x = if at == 0 { LEFT } else { x.min(WIDTH - 34.0) };
        writeln!(
            page,
            "<text{} x=\"{x:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            // A narrow screen has room for every other one.
            if (at / every) % 2 == 1 { " class=\"between\"" } else { "" },
            HEIGHT + 20.0,
            day(week.start)
        )?;
    }
    page.push_str("</svg>\n");
    Ok(())
}

/// `12,345`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things, for drawing.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// A value, for drawing.
fn float(value: i64) -> f64 {
    let near = i32::try_from(value).unwrap_or(if value < 0 { i32::MIN } else { i32::MAX });
    f64::from(near)
}

#[cfg(test)]
mod tests {
    use super::super::levels::Level;
    use super::*;

    fn list(version: &str) -> Levels {
        let level = Level { level: "1".to_owned(), known: 3, learning: 1, total: 10 };
        Levels { version: version.to_owned(), levels: vec![level] }
    }

    #[test]
    fn the_page_needs_nothing_from_elsewhere() {
        let week = |at: i64, known| Week {
            start: Moment(at * 604_800),
            known,
            learning: 2,
            new_words: 9,
            articles: 1,
        };
        let stats = Stats { weeks: vec![week(0, 5), week(1, 1200), week(2, 1100)], ..Stats::default() };
        let page = page(&stats, &[list("2015"), list("2021"), list("2025")], 2, Moment(0));
        for forbidden in ["<script", "http:", "https:", "@import", "url("] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.contains("week of 1970-01-08: 1200 known, 2 being learned"));
        assert!(page.contains("week of 1970-01-15: -100"), "a week in which words were forgotten");
        let place = |text| page.find(text).expect(text);
        assert!(place("HSK 2025") < place("HSK 2015") && place("HSK 2015") < place("HSK 2021"));
        assert!(!page.contains("NaN") && !page.contains("inf"));
        for tag in ["svg", "h2", "table", "details", "ul", "g", "title"] {
            let (open, closed) = (
                page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count(),
                page.matches(&format!("</{tag}>")).count(),
            );
            assert_eq!(open, closed, "{tag}");
        }
    }

    #[test]
    fn an_empty_library_has_a_page_too() {
        let page = page(&Stats::default(), &[], 0, Moment(0));
        assert!(page.contains("Nothing was recorded yet"));
    }

    #[test]
    fn scales_are_round_and_hold_every_value() {
        for (most, least) in [(0, 0), (1, 0), (7, 0), (43, -12), (1200, 0), (60_000, -3)] {
            let scale = Scale::of(most, least);
            assert!(scale.top >= most && scale.bottom <= least, "{most} {least}");
            assert!((scale.top - scale.bottom) / scale.step <= 6, "{most} {least}");
            assert!((0.0..=HEIGHT).contains(&scale.y(float(most))));
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(123), "123");
    }
}
