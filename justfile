# Recipes for people who work on shengci. `just` lists them.

default:
    @just --list

# All tests; the first run makes a Python environment with the real Anki.
test:
    cargo test --workspace

# What CI runs.
ci:
    .ci/run

# Benches, one a stage and whole runs.
bench:
    cargo bench

# The sample article becomes a deck.
sample:
    cargo run --release -- --library target/sample.db make tests/articles/night-library.txt -o target/night-library.apkg
