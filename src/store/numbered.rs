//! Values by the number of a row.
//!
//! Numbers lie close together in a library, so a vector finds them quickest. A library that was damaged or made by hand
//! may have any number: a vector as long as that would be the end of the command.

use std::collections::HashMap;

/// Values by number.
#[derive(Debug)]
pub struct Numbered<T> {
    near: Vec<Option<T>>,
    far: HashMap<i64, T>,
}

/// Smaller numbers are places of the vector: more than the words of a learner of a lifetime.
const NEAR: usize = 1 << 20;

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { near: Vec::new(), far: HashMap::new() }
    }
}

impl<T> Numbered<T> {
    /// Puts a value in the place of the one with this number.
    pub fn insert(&mut self, number: i64, value: T) {
        match usize::try_from(number) {
            Ok(at) if at < NEAR => {
                if self.near.len() <= at {
                    self.near.resize_with(at + 1, || None);
                }
                self.near[at] = Some(value);
            }
            _ => {
                self.far.insert(number, value);
            }
        }
    }

    /// The value with this number.
    #[inline]
    pub fn get(&self, number: i64) -> Option<&T> {
        match usize::try_from(number).ok().and_then(|at| self.near.get(at)) {
            Some(value) => value.as_ref(),
            None if self.far.is_empty() => None,
            None => self.far.get(&number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_is_found_again_and_none_is_as_long_as_it_says() {
        let mut values = Numbered::default();
        for number in [0, 1, 7, 1 << 19, 1 << 40, i64::MAX, -1, i64::MIN] {
            assert_eq!(values.get(number), None);
            values.insert(number, number);
            assert_eq!(values.get(number), Some(&number));
        }
        assert_eq!(values.near.len(), (1 << 19) + 1);
        assert_eq!(values.get(2), None);
    }
}
