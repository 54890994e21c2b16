//! Classes of hanzi and words: `classes.txt`, as `build/classes.rs` compiles it.

include!(concat!(env!("OUT_DIR"), "/hanzi-lists.rs"));
