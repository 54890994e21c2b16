# Recipes for people who work on shengci. `just` lists them.

default:
    @just --list

# All tests; the first run makes a Python environment with the real Anki.
test:
    cargo test --workspace

# What CI runs.
ci:
    .ci/run

# The attack campaigns at length: ten thousand inputs a stage, then kills, failing calls and four processes for minutes.
campaigns:
    cargo build --release --bin shengci
    cargo run --release -p fuzz
    SHENGCI_CAMPAIGN=long cargo test --test tests campaigns

# Benches, one a stage and whole runs.
bench:
    cargo bench

# The sample article becomes a deck.
sample:
    cargo run --release -- --library target/sample.db make tests/articles/night-library.txt -o target/night-library.apkg
