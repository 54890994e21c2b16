//! `name`: a stretch of text is the name of a person, a place or an organisation.

use clap::ValueEnum;

use super::{Context, Failure, correct};
use crate::library::correct::Wish;
use crate::tokens::Kind;

/// Says that something is a name, in all past and future articles.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci name 卡朱里亚 person
  shengci name 雅加达 place")]
pub struct NameArgs {
    /// The name.
    name: String,

    /// The kind of name.
    #[arg(value_enum)]
    kind: NameKind,
}

/// The kinds of name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum NameKind {
    Person,
    Place,
    #[value(alias = "organization")]
    Organisation,
}

/// Records it.
///
/// # Errors
/// When it has no hanzi.
pub fn run(args: &NameArgs, context: &mut Context) -> Result<(), Failure> {
    let kind = match args.kind {
        NameKind::Person => Kind::Person,
        NameKind::Place => Kind::Place,
        NameKind::Organisation => Kind::Organisation,
    };
    correct::record(Wish::name(&args.name, kind)?, context)
}
