//! Glosses as a learner reads them.
