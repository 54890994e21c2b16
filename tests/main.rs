//! All tests that look at the program from outside, in one binary: it links once.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stderr, clippy::print_stdout)]

mod anki;
mod annotated;
mod architecture;
mod campaigns;
mod cli;
mod cli_learned;
mod corrections;
mod document;
mod fingerprint;
mod first_user;
mod learned;
mod library;
mod licences;
mod long;
mod orthography;
mod readings;
mod scripts;
mod senses;
mod source;
mod store;
mod support;
mod text;
mod weights;
mod words_gold;
