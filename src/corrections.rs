//! Corrections by the learner: the correction as a value, its application to texts, and the form in which it is shared.
//!
//! A correction is told to the stages, never to their results: words are cut and read anew with it, so that it holds for
//! every text to come. The learner is the ladder's top rung.

mod apply;
mod correction;
mod exchange;
mod typed;

pub use apply::Corrections;
pub use correction::Correction;
pub use exchange::{ExchangeError, Shared, is_as_written, read, write};
pub use typed::{TypedError, typed_reading};
