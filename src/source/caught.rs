//! The panic of another's reader, caught where it happens: a damaged file is an error like any other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The result of `work`, or nothing if it panics. Nobody is told of the panic: whoever asked says what was wrong.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    thread_local!(static IS_QUIET: Cell<bool> = const { Cell::new(false) });
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                told(panic);
            }
        }));
    });
    // A reader may call another, as an archive does with what is in it.
    let before = IS_QUIET.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    IS_QUIET.set(before);
    done
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_is_nothing_and_the_next_reader_reads_on() {
        assert_eq!(caught(|| [1, 2][..].to_vec()), Some(vec![1, 2]));
        assert_eq!(caught(|| caught(|| panic!("inner")).unwrap_or(1)), Some(1));
        assert_eq!(caught::<()>(|| panic!("outer")), None);
        assert_eq!(caught(|| 3), Some(3));
    }
}
