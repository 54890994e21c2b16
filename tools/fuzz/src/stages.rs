//! The stages: how the input of each is made, and the laws that it is held to.

mod database;
mod dumps;
mod files;
mod forms;
mod packages;
mod pages;
mod texts;
mod typed;

use fastrand::Rng;

use crate::World;

/// A stage: a way to make input, and the laws of what becomes of it.
pub struct Stage {
    /// Its name, as the tool takes it.
    pub name: &'static str,
    /// Whether it is asked within this process, so that it needs no program.
    pub alone: bool,
    /// Makes an input.
    pub make: fn(&mut Rng, &World) -> Vec<u8>,
    /// Holds it to the laws; says which one was broken.
    pub check: fn(&[u8], &World) -> Result<(), String>,
}

/// All stages.
#[must_use]
pub fn stages() -> &'static [Stage] {
    const fn alone(
        name: &'static str,
        make: fn(&mut Rng, &World) -> Vec<u8>,
        check: fn(&[u8], &World) -> Result<(), String>,
    ) -> Stage {
        Stage { name, alone: true, make, check }
    }
    const fn program(
        name: &'static str,
        make: fn(&mut Rng, &World) -> Vec<u8>,
        check: fn(&[u8], &World) -> Result<(), String>,
    ) -> Stage {
        Stage { name, alone: false, make, check }
    }
    const STAGES: &[Stage] = &[
        alone("source", texts::encoded, texts::source),
        alone("document", texts::article, texts::document),
        alone("pages", pages::page, pages::check),
        alone("forms", forms::form, forms::check),
        alone("annotated", texts::article, texts::annotated),
        alone("tokens", texts::article, texts::tokens),
        alone("words", texts::article, texts::words),
        alone("pipeline", texts::article, texts::pipeline),
        alone("lists", files::list, files::check_list),
        alone("corrections", files::corrections, files::check_corrections),
        alone("deck-files", files::deck, files::check_deck),
        program("settings", files::settings, files::check_settings),
        program("packages", packages::package, packages::check),
        program("collections", packages::collection, packages::check),
        program("dumps", dumps::make, dumps::check),
        program("libraries", database::make, database::check),
        program("arguments", typed::make, typed::check),
    ];
    STAGES
}

/// A law: what must be so, or else what is said.
fn law(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}
