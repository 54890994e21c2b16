//! A stage, a seed, and so many inputs.

use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fastrand::Rng;

use crate::{Stage, World};

/// An input that broke a law.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The stage.
    pub stage: &'static str,
    /// The seed of the campaign.
    pub seed: u64,
    /// Which of its inputs it was.
    pub number: u64,
    /// The input.
    pub input: Vec<u8>,
    /// The law that was broken, and how.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stage, seed, number, input, what } = self;
        writeln!(f, "{stage}: {what}")?;
        writeln!(f, "input {number} of seed {seed}, {} bytes: {}", input.len(), shown(input))?;
        write!(
            f,
            "again: cargo run --release -p fuzz -- --stage {stage} --seed {seed} --from {number} --inputs 1"
        )
    }
}

/// The beginning of an input, in a form that no terminal takes amiss.
#[must_use]
pub fn shown(input: &[u8]) -> String {
    let head = &input[..input.len().min(300)];
    format!("{}{}", head.escape_ascii(), if head.len() < input.len() { "…" } else { "" })
}

/// Input `number` of a stage.
#[must_use]
pub fn input(stage: &Stage, seed: u64, number: u64, world: &World) -> Vec<u8> {
    // FNV-1a over what the input depends on, so that stages and numbers have nothing in common.
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in seed.to_le_bytes().into_iter().chain(number.to_le_bytes()).chain(stage.name.bytes()) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (stage.make)(&mut Rng::with_seed(state), world)
}

/// Whether an input keeps the laws of its stage; a panic is a law broken.
///
/// # Errors
/// The law that was broken.
pub fn check(stage: &Stage, input: &[u8], world: &World) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| (stage.check)(input, world))).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|&said| said.to_owned()));
        Err(format!("panicked: {}", said.unwrap_or_default()))
    })
}

/// Runs these inputs of a stage, up to the first failure.
///
/// # Errors
/// The failure.
pub fn run(stage: &Stage, seed: u64, numbers: Range<u64>, world: &World) -> Result<(), Box<Failure>> {
    for number in numbers {
        let input = input(stage, seed, number, world);
        if let Err(what) = check(stage, &input, world) {
            return Err(Box::new(Failure { stage: stage.name, seed, number, input, what }));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_enough_to_make_an_input_again() {
        let world = World::new("nowhere".into());
        for stage in crate::stages().iter().filter(|stage| stage.alone) {
            let first = input(stage, 7, 3, &world);
            assert_eq!(first, input(stage, 7, 3, &world), "{}", stage.name);
            let others: Vec<_> = (4..30).map(|number| input(stage, 7, number, &world)).collect();
            assert!(others.iter().filter(|other| **other != first).count() > 20, "{}", stage.name);
        }
    }

    #[test]
    fn a_panic_is_a_law_broken() {
        let stage = Stage {
            name: "panics",
            alone: true,
            make: |_, _| Vec::new(),
            check: |_, _| panic!("on purpose"),
        };
        let failure = run(&stage, 1, 0..1, &World::new("nowhere".into())).expect_err("it panics");
        assert_eq!(failure.what, "panicked: on purpose");
    }
}
