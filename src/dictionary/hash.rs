//! The hash of the dictionary's table: FNV-1a, 32 bits.
//!
//! The table is written by the build and read by the program, so both must agree on it for good; hashers of
//! the standard library promise no such thing. Source: Fowler, Noll, Vo, RFC 9923.

/// FNV-1a of `bytes`.
pub fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
