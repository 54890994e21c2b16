//! shengci (生词, "new words"): a Chinese news article becomes an Anki deck of the words that are new to you.
//!
//! source → document → annotated → tokens → readings → words → store → deck → package.
//!
//! The modules stand in that order; `ARCHITECTURE.md` says which may use which, and a test holds them to it.

// The language: values, which know nothing of articles.
pub mod dictionary;
pub mod hanzi;
mod named;
pub mod pinyin;
pub mod span;
pub mod text;

// The way through: pure, no clock, no files.
pub mod document;

pub mod annotated;

pub mod tokens;

pub mod words;

pub mod readings;

pub mod corrections;

pub mod deck;

pub mod pipeline;

// The rim: all that touches the world.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod cli;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod learned;
#[allow(clippy::disallowed_methods)]
pub mod library;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod package;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod scratch;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod source;
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
pub mod store;
pub mod unpack;
