//! `feed`: the feeds that you follow, and what is new in them.

use std::io::Write;

use super::table::Table;
use super::web::Reach;
use super::{Context, Failure, plural};
use crate::library::feed::{self, FailedRow, FeedRow, News, READABLE};

/// Follows feeds of news sites (RSS, Atom, JSON Feed), and adds what is new in them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci feed add https://news.example/rss.xml
  shengci feed add https://news.example/         the feed that the page names as its own
  shengci feed fetch                    adds what is new, and tells which of it you can read now
  shengci feed list
  shengci feed remove 2

Feeds are asked when you say `fetch`, and at no other time. Of an article that is not in the feed itself the page is
fetched, where the site's robots.txt has nothing against it.")]
pub struct FeedArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Follows feeds.
    Add {
        /// Their addresses.
        #[arg(required = true, value_name = "URL")]
        feeds: Vec<String>,

        #[command(flatten)]
        web: Reach,
    },
    /// Lists the feeds that you follow.
    List,
    /// Adds what is new in the feeds, and ranks it by how much of it you know.
    Fetch {
        #[command(flatten)]
        web: Reach,
    },
    /// Follows feeds no more; the articles stay.
    Remove {
        /// Their numbers, addresses or titles.
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
    },
}

/// Follows, lists, fetches or removes.
///
/// # Errors
/// When a feed can't be fetched, is none, or the library can't be read or written.
pub fn run(args: &FeedArgs, context: &mut Context) -> Result<(), Failure> {
    match &args.what {
        What::Add { feeds, web } => {
            let (found, failed) = feed::find(feeds, &web.way(), context);
            let followed =
                if found.is_empty() { Vec::new() } else { context.library.open()?.follow(&found)? };
            show(&followed, context)?;
            tell(&failed, context);
            all_came(&failed, feeds.len())
        }
        What::List => {
            let feeds = context.library.open_existing()?.feeds()?;
            if feeds.is_empty() {
                context.note("no feed is followed yet; `shengci feed add URL` follows one");
            }
            show(&feeds, context)
        }
        What::Fetch { web } => {
            let news = context.library.open_existing()?.fetch_feeds(&web.way(), context)?;
            if context.json {
                context.json_line(&news)?;
            } else {
                print(&news, context)?;
            }
            tell(&news.failed, context);
            all_came(&news.failed, news.feeds)
        }
        What::Remove { feeds } => {
            let gone = context.library.open_existing()?.unfollow(feeds)?;
            if context.json {
                return context.json_line(&gone);
            }
            for feed in &gone {
                writeln!(context.out, "{} is followed no more", feed.url)?;
            }
            Ok(())
        }
    }
}

fn show(feeds: &[FeedRow], context: &mut Context) -> Result<(), Failure> {
    if context.json {
        return context.json_line(&feeds);
    }
    let mut table = Table::new(&[0, 2]);
    for feed in feeds {
        table.row([
            feed.id.to_string(),
            feed.fetched.as_deref().map_or("not yet fetched", |at| at.get(..10).unwrap_or(at)).to_owned(),
            plural(feed.articles as usize, "article"),
            feed.url.clone(),
            feed.title.clone().unwrap_or_default(),
        ]);
    }
    Ok(table.print(&mut context.out)?)
}

/// The new articles, the most readable first, and which one to read.
fn print(news: &News, context: &mut Context) -> Result<(), Failure> {
    if news.articles.is_empty() {
        writeln!(context.out, "nothing new in {}", plural(news.feeds, "feed"))?;
        return Ok(());
    }
    let mut table = Table::new(&[0, 1, 2]);
    table.row(["", "of the text known", "new words", "title"]);
    for row in &news.articles {
        table.row([
            row.id.to_string(),
            format!("{:.1} %", row.coverage),
            row.new.to_string(),
            row.title.clone(),
        ]);
    }
    table.print(&mut context.out)?;
    let find = |id| news.articles.iter().find(|row| Some(row.id) == id);
    match (find(news.next), news.articles.first()) {
        (Some(row), _) => writeln!(
            context.out,
            "the next one that you can read ({READABLE} %): {}  {} ({:.1} %)",
            row.id, row.title, row.coverage
        )?,
        (None, Some(row)) => writeln!(
            context.out,
            "none that you can read with ease yet ({READABLE} %); the nearest: {}  {} ({:.1} %)",
            row.id, row.title, row.coverage
        )?,
        (None, None) => {}
    }
    Ok(())
}

fn tell(failed: &[FailedRow], context: &mut Context) {
    for row in failed {
        let error = if row.is_feed { "error" } else { "passed over" };
        context.note(&format!("{error}: {}\n hint: {}", row.error, row.hint));
    }
}

fn all_came(failed: &[FailedRow], all: usize) -> Result<(), Failure> {
    match failed.iter().filter(|row| row.is_feed).count() {
        0 => Ok(()),
        count => Err(Failure::new(format!("{count} of {} did not come", plural(all, "feed")))),
    }
}
