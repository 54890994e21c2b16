//! The attack campaigns: hostile input for every stage, kills at random moments, calls that fail, several processes
//! at once, and traps. Small enough for every run; `SHENGCI_CAMPAIGN=long` makes them some ten times as long.

mod calls;
mod fuzz;
mod homes;
mod kills;
mod site;
mod together;
mod traps;
mod verbs;
mod writers;

use std::sync::OnceLock;

use ::fuzz::World;

/// The seed of the campaigns of the suite. Another one each time would make tests that fail on some days.
const SEED: u64 = 20_261_130;

/// The seed: that of the suite, or `SHENGCI_SEED`.
fn seed() -> u64 {
    std::env::var("SHENGCI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED)
}

/// Whether there is time.
fn is_long() -> bool {
    std::env::var_os("SHENGCI_CAMPAIGN").is_some_and(|size| size == "long")
}

/// The program under test, and good files that all campaigns share.
fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| World::new(env!("CARGO_BIN_EXE_shengci").into()))
}
