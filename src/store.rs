//! The learner's library: all SQL of it.
