//! A copy of the library in one file.
//!
//! It is written beside its target and then renamed, so that there is never half of one.

use std::fs;
use std::path::Path;

use super::{Fault, Store, StoreError, kept, place, spool};
use crate::scratch::Scratch;

impl Store {
    /// Writes a copy of the library to a file, in the place of one that was there, whose rights it takes over; a new
    /// one is for its owner's eyes only.
    ///
    /// # Errors
    /// When the file can't be written; a copy that was there is then as before.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let copy = || {
            let failed = |error: std::io::Error| Fault::file(to, &error);
            let to = place::follow(to)?;
            if to == self.file {
                return Err(failed(std::io::Error::other("this is the library itself")));
            }
            let part = Scratch::beside(spool::folder_of(&to)).map_err(failed)?;
            let copy = part.path().join("copy.db");
            kept::copy_into(&self.connection, &copy).map_err(|fault| match fault {
                Fault::NoRoom(_) => Fault::NoRoom(to.clone()),
                other => other,
            })?;
            if let Ok(about) = fs::metadata(&to) {
                fs::set_permissions(&copy, about.permissions()).map_err(failed)?;
            }
            spool::put_over(&copy, &to).map_err(failed)
        };
        copy().map_err(|fault| StoreError::new(&self.path, fault))
    }
}
