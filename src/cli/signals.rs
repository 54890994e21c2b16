//! Signals: who stops a command leaves nothing of it behind, and a limit on the size of files is an error, not death.

#[cfg(unix)]
pub use unix::{explain, watch};

#[cfg(not(unix))]
pub use elsewhere::{explain, watch};

#[cfg(unix)]
mod unix {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::{flag, low_level};

    use crate::cli::Failure;
    use crate::scratch;

    /// Whether a file was to become larger than the shell's `ulimit -f` allows.
    #[derive(Clone, Debug, Default)]
    pub struct Watch {
        too_large: Arc<AtomicBool>,
    }

    /// Follows the signals from now on. INT and TERM end the command as they always do, once its temporary folders are
    /// gone. XFSZ, which the system sends to who writes beyond `ulimit -f`, only makes the write fail.
    #[must_use]
    pub fn watch() -> Watch {
        let watch = Watch::default();
        // Without signals the command works as well; it only ends less tidily.
        let _ = flag::register(SIGXFSZ, Arc::clone(&watch.too_large));
        let followed: Vec<i32> =
            [SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal)).collect();
        if let Ok(mut signals) = Signals::new(followed) {
            std::thread::spawn(move || {
                for signal in signals.forever() {
                    scratch::clear();
                    let _ = low_level::emulate_default_handler(signal);
                }
            });
        }
        watch
    }

    /// Whether who started the command wants it to go on when this signal comes, as `nohup` and shells do with what runs
    /// in the background. Linux tells.
    fn is_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
        u32::try_from(signal - 1).is_ok_and(|bit| mask.checked_shr(bit).is_some_and(|mask| mask & 1 == 1))
    }

    /// A failure, and why it happened if a limit of the shell's is to blame: SQLite and the system don't say so.
    #[must_use]
    pub fn explain(watch: &Watch, failure: Failure) -> Failure {
        if watch.too_large.load(Ordering::Relaxed) {
            let what = format!("{}: it would be larger than the limit on the size of files", failure.what());
            return Failure::new(what)
                .hint("raise the limit (ulimit -f unlimited), and run the command again");
        }
        failure
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use crate::cli::Failure;

    /// Nothing is watched.
    #[derive(Clone, Debug, Default)]
    pub struct Watch;

    /// There are no signals here.
    #[must_use]
    pub fn watch() -> Watch {
        Watch
    }

    /// The failure as it is.
    #[must_use]
    pub fn explain(_: &Watch, failure: Failure) -> Failure {
        failure
    }
}
