//! Which words enter a deck, with which sentence, and what their notes say.
