//! How shengci cuts text into words, measured on a tagged corpus: for the tool here and for `tools/accuracy`.

// A tool of the workshop: reading files, measuring time and printing is its work.
#![allow(clippy::disallowed_methods)]

pub mod corpus;
pub mod gold;
pub mod measure;
