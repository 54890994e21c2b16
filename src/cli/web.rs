//! The options and messages that verbs which fetch pages share.

use super::paths;
use crate::library::{Kept, Web};

/// How the web is asked.
#[derive(Debug, clap::Args)]
pub struct Reach {
    /// Fetch from this computer and the network around it, too.
    #[arg(long)]
    allow_private: bool,
}

impl Reach {
    /// The way to the web, with the pages that the user's cache keeps.
    pub fn way(&self) -> Web {
        Web::new(self.allow_private).keeping(paths::pages().map(Kept::new))
    }
}
