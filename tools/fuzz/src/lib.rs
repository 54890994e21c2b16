//! Hostile input for every stage of shengci, made from a seed, and the laws that each stage is held to.
//!
//! The suite (`tests/campaigns/fuzz.rs`) runs some hundred inputs a stage, the tool `fuzz` ten thousand. Input `n`
//! of a stage depends on the seed and on `n` alone, so that a number is enough to make it again.

#![allow(clippy::disallowed_methods, clippy::disallowed_types)] // a tool, not the core

pub mod campaign;
pub mod grow;
pub mod hostile;
pub mod program;
mod shrink;
mod stages;
pub mod world;

pub use campaign::{Failure, run};
pub use shrink::smallest;
pub use stages::{Stage, stages};
pub use world::World;
