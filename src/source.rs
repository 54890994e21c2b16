//! A path, standard input or a URL becomes raw text and its origin.
