//! The learner's library, seen from outside.

mod articles;
mod backup;
mod crash;
mod disk;
mod faults;
mod identity;
mod load;
mod marks;
mod sample;
mod upgrade;
mod words;
