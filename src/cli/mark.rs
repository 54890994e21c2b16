//! `mark`: what the learner says of words.

use std::io::Write;
use std::path::PathBuf;

use super::table::Table;
use super::{Context, Failure, plural};
use crate::library::Settings;
use crate::library::import::Choice;
use crate::library::mark::{self, HskLevels, Said, Which};
use crate::tokens::Kind;
use crate::words::Status;

/// Records which words you know, are learning, or never want to see.
#[derive(Debug, clap::Args)]
#[command(override_usage = "shengci mark <known|learning|ignored|new> WORD…
       shengci mark <known|learning|ignored|new> --from FILE [--field NAME] [--pinyin-field NAME]
       shengci mark <known|learning|ignored|new> --hsk LIST:LEVELS")]
#[command(after_help = "Examples:
  shengci mark known 公司 学生             both words, in all their readings
  shengci mark known 长=cháng              長 long, but not 长 zhǎng, to grow
  shengci mark ignored 扎克伯格            never in a deck, and in no count
  shengci mark known --hsk 2025:1-4        levels 1 to 4 of the list of 2025 (or 2021, 2015)
  shengci mark known --from words.txt      a list: one word a line, Pleco's export, or a table
  shengci words --hsk 1 --json | jq -r '.[].simplified' | shengci mark known -
  shengci undo                             takes the last of these back")]
pub struct MarkArgs {
    /// The status that you give: new, learning, known or ignored.
    #[arg(value_name = "known|learning|ignored|new", value_parser = statuses(), hide_possible_values = true)]
    status: Status,

    #[command(flatten)]
    named: Named,
}

#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(group(clap::ArgGroup::new("named").args(["words", "from", "hsk"]).required(true).multiple(true)))]
pub struct Named {
    /// Words in simplified or traditional hanzi; `长=cháng` for one reading, `-` for a list on standard input.
    #[arg(value_name = "WORD", conflicts_with_all = ["from", "hsk"])]
    words: Vec<String>,

    /// A list of words: one a line, Pleco's export, CSV.
    #[arg(long, value_name = "FILE", conflicts_with = "hsk")]
    from: Option<PathBuf>,

    /// Levels of an HSK list: 2025:1-4, 2021:3, 2015:1,2.
    #[arg(long, value_name = "LIST:LEVELS", value_parser = clap::value_parser!(HskLevels))]
    hsk: Option<HskLevels>,

    /// The column of the list with the hanzi, by name or number.
    #[arg(long, value_name = "NAME", requires = "from")]
    field: Option<String>,

    /// The column of the list with the pinyin.
    #[arg(long, value_name = "NAME", requires = "from")]
    pinyin_field: Option<String>,

    /// Shows what would change, and changes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Marks.
///
/// # Errors
/// When a word is in no dictionary, a list can't be read, or the library can't be written.
pub fn run(args: &MarkArgs, context: &mut Context) -> Result<(), Failure> {
    mark_as(args.status, &args.named, context)
}

/// Marks words as this.
///
/// # Errors
/// As [`run`].
pub fn mark_as(status: Status, named: &Named, context: &mut Context) -> Result<(), Failure> {
    // Settings are not needed here, but a fault in them is best told at the first command that follows it.
    if let Err(fault) = Settings::load(&context.config) {
        context.note(&format!("note: {}", fault.what()));
    }
    let said = mark::mark(status, &named.which()?, &context.library, named.dry_run)?;
    print(&said, named.dry_run, context)
}

impl Named {
    fn which(&self) -> Result<Which, Failure> {
        if let Some(levels) = &self.hsk {
            return Ok(Which::Levels(levels.clone()));
        }
        if let Some(path) = &self.from {
            let columns = Choice { hanzi: self.field.clone(), reading: self.pinyin_field.clone() };
            return Ok(Which::List(path.clone(), columns));
        }
        if !self.words.iter().any(|word| word == "-") {
            return Ok(Which::Words(self.words.clone()));
        }
        if self.words.len() > 1 {
            return Err(Failure::new("`-` stands beside other words")
                .hint("give either words or `-`; a list on standard input has one word a line"));
        }
        Ok(Which::Piped(super::standard_input))
    }
}

/// How many words are named one by one.
const NAMED: usize = 12;
/// How many unread lines are told.
const TOLD: usize = 20;

fn print(said: &Said, dry_run: bool, context: &mut Context) -> Result<(), Failure> {
    for line in said.left_out.iter().take(TOLD) {
        context.note(&format!("line {} is left out: {}: {}", line.line, line.text, line.why));
    }
    if said.left_out.len() > TOLD {
        context.note(&format!("… and {} more lines", said.left_out.len() - TOLD));
    }
    if context.json {
        return context.json_line(&said.json(dry_run));
    }
    if said.words.len() <= NAMED {
        let mut table = Table::new(&[]);
        for key in &said.words {
            table.row([key.headword.to_string(), key.pinyin(Kind::Word)]);
        }
        table.print(&mut context.out)?;
    }
    let would = if dry_run { "would be " } else { "" };
    writeln!(
        context.out,
        "{would}{}: {}, {} as before{}",
        said.status,
        plural(said.marked.changed as usize, "word"),
        said.marked.unchanged,
        if said.marked.born > 0 {
            format!("; {} new to your library", said.marked.born)
        } else {
            String::new()
        },
    )?;
    Ok(())
}

/// The statuses, as the shell completes them.
pub fn statuses() -> impl clap::builder::TypedValueParser<Value = Status> {
    use clap::builder::TypedValueParser;
    clap::builder::PossibleValuesParser::new(["known", "learning", "ignored", "new"])
        .try_map(|text| text.parse::<Status>())
}
