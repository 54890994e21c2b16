//! `completions`: words for the shell's tab key.

use super::{Context, Failure};

/// Prints completions for a shell.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  shengci completions bash > ~/.local/share/bash-completion/completions/shengci"
)]
pub struct CompletionsArgs {
    /// Which shell.
    shell: clap_complete::Shell,
}

/// Prints them.
///
/// # Errors
/// When stdout can't be written.
pub fn run(args: &CompletionsArgs, context: &mut Context, mut command: clap::Command) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "shengci", &mut text);
    context.out.file().write_all(&text)?;
    Ok(())
}
