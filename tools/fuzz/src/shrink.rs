//! A failing input made smaller, as long as it fails.

/// Takes ever smaller pieces out of an input that fails, in at most so many tries. (Zeller and Hildebrandt,
/// "Simplifying and Isolating Failure-Inducing Input", 2002, without its second half.)
pub fn smallest(input: &[u8], tries: usize, mut fails: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let mut input = input.to_vec();
    let mut left = tries;
    let mut piece = input.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at < input.len() {
            if left == 0 {
                return input;
            }
            left -= 1;
            let mut without = input[..at].to_vec();
            without.extend_from_slice(&input[(at + piece).min(input.len())..]);
            if fails(&without) {
                input = without;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    input
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_it_fail_is_left() {
        let input: Vec<u8> = (0..=255).collect();
        let small = smallest(&input, 10_000, |input| input.contains(&17) && input.contains(&200));
        assert_eq!(small, [17, 200]);
        assert_eq!(smallest(&input, 0, |_| true).len(), 256);
    }
}
