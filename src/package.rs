//! A deck becomes the bytes of an Anki package.
