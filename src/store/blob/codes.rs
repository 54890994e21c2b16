//! The numbers by which a library knows kinds of tokens and evidence: they outlive any order of the code.

use crate::tokens::Kind;
use crate::words::Evidence;

/// The number of codes for kinds, given out or not.
pub const CODES_OF_KINDS: usize = 16;
/// The number of codes for evidence.
pub const CODES_OF_EVIDENCE: usize = 8;

/// The code of a kind. It stands in every library: a new kind gets a new one, whatever its place in [`Kind::ALL`], and
/// that of a kind that is gone is not given out again. A test holds each to what libraries have.
pub const fn code_of_kind(kind: Kind) -> u8 {
    match kind {
        Kind::Word => 0,
        Kind::Idiom => 1,
        Kind::Person => 2,
        Kind::Place => 3,
        Kind::Organisation => 4,
        Kind::Number => 5,
        Kind::Measure => 6,
        Kind::Time => 7,
        Kind::Latin => 8,
        Kind::Other => 9,
    }
}

/// The code of an evidence, by the same law. That they once rose with what the evidence is worth means nothing.
pub const fn code_of_evidence(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::Character => 0,
        Evidence::Context => 1,
        Evidence::Dictionary => 2,
        Evidence::Article => 3,
        Evidence::Learner => 4,
    }
}

/// The kinds by their codes.
pub const KINDS: [Option<Kind>; CODES_OF_KINDS] = {
    let mut kinds = [None; CODES_OF_KINDS];
    let mut at = 0;
    while at < Kind::ALL.len() {
        kinds[code_of_kind(Kind::ALL[at]) as usize] = Some(Kind::ALL[at]);
        at += 1;
    }
    kinds
};

/// The evidence by its codes.
pub const EVIDENCES: [Option<Evidence>; CODES_OF_EVIDENCE] = {
    let mut evidences = [None; CODES_OF_EVIDENCE];
    let mut at = 0;
    while at < Evidence::ALL.len() {
        evidences[code_of_evidence(Evidence::ALL[at]) as usize] = Some(Evidence::ALL[at]);
        at += 1;
    }
    evidences
};
