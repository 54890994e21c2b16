//! Fragments written once for many: `{我|他}得{走了|回家}` stands for four phrases.

/// The phrases that one stands for; without braces, itself.
pub fn expand(phrase: &str) -> Vec<String> {
    let Some((before, rest)) = phrase.split_once('{') else { return vec![phrase.to_owned()] };
    let (choices, after) = rest.split_once('}').unwrap_or((rest, ""));
    let endings = expand(after);
    choices
        .split('|')
        .flat_map(|choice| endings.iter().map(move |ending| format!("{before}{choice}{ending}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn each_choice_is_met_with_each() {
        assert_eq!(expand("目的"), ["目的"]);
        assert_eq!(expand("{我|他}得{走|去}了"), ["我得走了", "我得去了", "他得走了", "他得去了"]);
        assert_eq!(expand("数{|一}数"), ["数数", "数一数"]);
    }
}
