//! Some hundred inputs for every stage; `cargo run --release -p fuzz` tries ten thousand.

use fuzz::stages;

use super::{is_long, seed, world};

/// Runs a stage.
fn run(name: &str) {
    let stage = stages().iter().find(|stage| stage.name == name).expect("a stage of this name");
    // A damaged library is looked at by every verb, so each of these inputs is dear.
    let inputs = match name {
        _ if is_long() => 3000,
        "libraries" => 150,
        _ => 300,
    };
    println!("{inputs} inputs of seed {}", seed());
    fuzz::run(stage, seed(), 0..inputs, world()).unwrap_or_else(|failure| panic!("{failure}"));
}

macro_rules! every_stage {
    ($($test:ident $name:literal,)*) => {
        $(#[test] fn $test() { run($name); })*

        #[test]
        fn every_stage_is_run() {
            assert_eq!(stages().iter().map(|stage| stage.name).collect::<Vec<_>>(), [$($name),*]);
        }
    };
}

every_stage! {
    source "source",
    document "document",
    pages "pages",
    forms "forms",
    annotated "annotated",
    tokens "tokens",
    words "words",
    pipeline "pipeline",
    lists "lists",
    corrections "corrections",
    deck_files "deck-files",
    settings "settings",
    packages "packages",
    collections "collections",
    dumps "dumps",
    libraries "libraries",
    arguments "arguments",
}
