//! The learner's library, seen from outside.

mod articles;
mod backup;
mod collections;
mod crash;
mod disk;
mod faults;
mod identity;
mod kept;
mod load;
mod marks;
mod notes;
mod restore;
mod sample;
mod upgrade;
mod views;
mod waiting;
mod words;
