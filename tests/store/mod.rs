//! The learner's library, seen from outside.

mod articles;
mod backup;
mod crash;
mod disk;
mod faults;
mod marks;
mod sample;
mod upgrade;
mod words;
