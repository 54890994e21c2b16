//! The options and messages that verbs which fetch pages share.

use crate::library::Web;

/// How the web is asked.
#[derive(Debug, clap::Args)]
pub struct Reach {
    /// Fetch from this computer and the network around it, too.
    #[arg(long)]
    allow_private: bool,
}

impl Reach {
    /// The way to the web.
    pub fn way(&self) -> Web {
        Web::new(self.allow_private)
    }
}
