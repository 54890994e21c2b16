//! All tests that look at the program from outside, in one binary: it links once.

#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
mod architecture;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
mod store;
mod support;
