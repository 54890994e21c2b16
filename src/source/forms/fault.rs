//! Errors of a file of another form: what is wrong, and what to do.

use std::fmt;

/// Why a form gives no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its name says one thing and its bytes another.
    Misnamed {
        /// The form that its name says.
        called: &'static str,
        /// The form of its bytes.
        is: &'static str,
    },
    /// It can't be followed, and why.
    Damaged(&'static str, String),
    /// Its reader, which is not ours, panicked.
    Panic(&'static str),
    /// More comes out of it than any text is.
    Grows(&'static str),
    /// There is no text in it.
    Nothing(&'static str),
    /// It is encrypted.
    Locked(&'static str),
    /// An archive in an archive.
    Nested,
    /// `pdftotext` is not installed.
    NoTool,
    /// A PDF of pictures.
    NoTextLayer,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Misnamed { called, is } => write!(f, "is called {called}, but is {is}"),
            Self::Damaged(form, why) => write!(f, "can't be read as {form}: {why}"),
            Self::Panic(form) => {
                write!(f, "can't be read as {form}: it is damaged in a way that nobody foresaw")
            }
            Self::Grows(form) => write!(f, "is {form} that grows beyond all measure when it is unpacked"),
            Self::Nothing(form) => write!(f, "is {form} with no Chinese text in it"),
            Self::Locked(form) => write!(f, "is {form} that is encrypted"),
            Self::Nested => f.write_str("is an archive inside an archive, and those are not opened"),
            Self::NoTool => f.write_str("is a PDF, and `pdftotext`, which reads those, is not installed"),
            Self::NoTextLayer => f.write_str("is a PDF without text: its pages are pictures"),
        }
    }
}

impl Fault {
    /// Advice for the user.
    pub(in crate::source) fn hint(&self) -> &'static str {
        match self {
            Self::Misnamed { .. } => "give it its right ending, or get the file again from where it came",
            Self::Damaged(..) | Self::Panic(_) => {
                "get the file again; or open it, copy the article, and save it as plain text (.txt)"
            }
            Self::Grows(_) => {
                "where does it come from? open it with care, and save the article as plain text (.txt)"
            }
            Self::Nothing(_) => "is it the right file? an article in hanzi is needed",
            Self::Locked(_) => {
                "shengci opens no locks: save a copy without one, or copy the article out of it"
            }
            Self::Nested => "unpack the outer one, and give what was in it",
            Self::NoTool => {
                "install it: `apt install poppler-utils`, `dnf install poppler-utils`, `brew install poppler`; or save the \
                 text as .txt"
            }
            Self::NoTextLayer => "run it through a text recognition (OCR) first",
        }
    }
}
