//! `clean`: the article inside a page or a text.

use std::ffi::OsString;
use std::io::Write;

use super::{Context, Failure, plural, standard_input, web};
use crate::library::clean::{self, Cleaned, Refused};
use crate::library::rows::{CleanedRow, RefusedRow};
use crate::library::show::cut_reason;

/// Prints the article inside a page, a text or a web address: title, author, date, site and clean text. It touches no library.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  shengci clean page.html
  shengci clean https://news.example/2026/11/article.html
  shengci clean --cuts pasted.txt                what was cut, and why
  shengci clean --json saved/ | jq -r .title

What it prints is what `add` and `make` take. One JSON object a file; the exit code is 1 if any failed.")]
pub struct CleanArgs {
    /// Files (text, HTML, MHTML, EPUB, DOCX, Markdown, SRT, VTT, ASS, PDF, a zip of these), folders, web addresses, or `-`.
    #[arg(required = true, value_name = "FILE|FOLDER|URL|-")]
    inputs: Vec<OsString>,

    /// Print what was cut, too, and why.
    #[arg(long)]
    cuts: bool,

    /// Cut nothing: menus, links and comments stay.
    #[arg(long, conflicts_with = "cuts")]
    keep_all: bool,

    #[command(flatten)]
    web: web::Reach,
}

/// Prints them one after the other.
///
/// # Errors
/// When one of them can't be read; the others are printed.
pub fn run(args: &CleanArgs, context: &mut Context) -> Result<(), Failure> {
    let (mut all, mut failed) = (0, 0);
    clean::clean(&args.inputs, standard_input, &args.web.way(), args.keep_all, |one| {
        all += 1;
        failed += usize::from(one.is_err());
        match one {
            _ if context.json => match &one {
                Ok(cleaned) => context.json_line(&CleanedRow::new(cleaned)),
                Err(refused) => context.json_line(&RefusedRow::new(refused)),
            },
            Ok(cleaned) => {
                if all > 1 {
                    writeln!(context.out)?;
                }
                for note in &cleaned.notes {
                    context.note(&format!("{}: {note}", cleaned.origin));
                }
                Ok(print(&cleaned, args.cuts, &mut context.out)?)
            }
            Err(Refused { error, .. }) => {
                context.note(&format!("error: {error}\n hint: {}", error.hint()));
                Ok(())
            }
        }
    })?;
    match failed {
        0 => Ok(()),
        _ => Err(Failure::new(format!("no article was found in {failed} of {}", plural(all, "input")))
            .hint("what is wrong with each, and what to do, was told with it")),
    }
}

fn print(cleaned: &Cleaned, cuts: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let Cleaned { article, .. } = cleaned;
    if let Some(title) = &article.title {
        writeln!(out, "{}", title.text)?;
    }
    let about = &article.about;
    let known = [
        about.author.clone(),
        about.published.map(|at| at.to_string().replace('T', " ")),
        about.site.clone(),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    if !known.is_empty() {
        writeln!(out, "{}", known.join(" · "))?;
    }
    if let Some(address) = &about.address {
        writeln!(out, "{address}")?;
    }
    writeln!(out)?;
    for paragraph in &article.paragraphs {
        writeln!(out, "{}", paragraph.text)?;
    }
    if cuts {
        for cut in &article.cuts {
            writeln!(out, "\ncut: {}", cut_reason(cut.why))?;
            for line in cut.text.lines() {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}
