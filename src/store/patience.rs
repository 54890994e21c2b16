//! How long a command waits for another one that writes to the library.
//!
//! One measure for all: whoever marks a word, restores a backup or migrates waits as long as the others do, is told of
//! it, and gives up in the end.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::Fault;

/// How long is waited, and who is told.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// After so long `tell` is called, once.
    pub notice: Duration,
    /// After so long the wait is given up.
    pub end: Duration,
    /// Is told of the library that is waited for.
    pub tell: fn(&Path),
}

/// Where SQLite does not wait by itself, so long passes between two tries.
const PAUSE: Duration = Duration::from_millis(20);

impl Default for Patience {
    /// Ten seconds, without a word.
    fn default() -> Self {
        Self { notice: Duration::from_secs(2), end: Duration::from_secs(10), tell: |_| {} }
    }
}

impl Patience {
    /// Ten seconds; `tell` is called after two.
    #[must_use]
    pub fn telling(tell: fn(&Path)) -> Self {
        Self { tell, ..Self::default() }
    }

    /// Begins a change: a second writer waits here, where waiting can succeed, and not in the middle.
    pub(super) fn begin<'c>(
        &self,
        connection: &'c Connection,
        library: &Path,
    ) -> Result<Transaction<'c>, Fault> {
        let begun = self.wait(library, |limit| {
            connection.busy_timeout(limit)?;
            Ok(Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?)
        });
        connection.busy_timeout(self.end)?;
        begun
    }

    /// Tries what waits for a lock by itself, for as long as it is given.
    pub(super) fn wait<T>(
        &self,
        library: &Path,
        mut attempt: impl FnMut(Duration) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        match attempt(self.notice) {
            Err(Fault::Locked) => {
                (self.tell)(library);
                attempt(self.end.saturating_sub(self.notice))
            }
            done => done,
        }
    }

    /// Tries again and again what finds a lock and does not wait for it.
    pub(super) fn poll<T>(
        &self,
        library: &Path,
        mut attempt: impl FnMut() -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.wait(library, |limit| {
            let mut left = limit.as_millis() / PAUSE.as_millis();
            loop {
                match attempt() {
                    Err(Fault::Locked) if left > 0 => std::thread::sleep(PAUSE),
                    done => return done,
                }
                left -= 1;
            }
        })
    }
}
