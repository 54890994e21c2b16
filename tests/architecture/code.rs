//! Which modules of the crate a file names, and which public types it has, outside its tests.
//!
//! Read as tokens, so that comments and strings count for nothing, and what stands after a file's first `#[cfg(test)]`
//! is looked at like the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// For each file of `src` that is not a test's, the modules at the root of the crate that it names.
pub fn named_in(src: &Path) -> BTreeMap<PathBuf, BTreeSet<String>> {
    found_in(src).into_iter().map(|(path, found)| (path, found.names)).collect()
}

/// For each file of `src` that is not a test's, the names of its public types, whoever may see them.
pub fn types_in(src: &Path) -> BTreeMap<PathBuf, BTreeSet<String>> {
    found_in(src).into_iter().map(|(path, found)| (path, found.types)).collect()
}

fn found_in(src: &Path) -> BTreeMap<PathBuf, Found> {
    let mut files = BTreeMap::new();
    let mut of_tests = BTreeSet::new();
    for path in super::rust_files(src) {
        let text = fs::read_to_string(&path).expect("a source file");
        let depth = path.strip_prefix(src).expect("a path in src").components().count();
        let found = read(&tokens(&text), depth);
        let inside = path.with_extension("");
        of_tests.extend(found.test_files.iter().map(|name| inside.join(name)));
        files.insert(path, found);
    }
    files.retain(|path, _| !of_tests.iter().any(|test| path.with_extension("").starts_with(test)));
    files
}

#[derive(Debug, Default)]
struct Found {
    names: BTreeSet<String>,
    /// The types that are `pub`, `pub(crate)` or `pub(super)`.
    types: BTreeSet<String>,
    /// The modules of `#[cfg(test)] mod name;`.
    test_files: Vec<String>,
}

/// `depth` times `super::` lead from the module to the root.
fn read(tokens: &[String], depth: usize) -> Found {
    let mut found = Found::default();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        if let Some(attribute) = attribute_of_tests(rest) {
            let item = item(&rest[attribute..]);
            if let [.., word, name, end] = &rest[attribute..attribute + item]
                && word == "mod"
                && end == ";"
            {
                found.test_files.push(name.clone());
            }
            at += attribute + item;
            continue;
        }
        match rest[0].as_str() {
            "crate" => found.names.extend(firsts(&rest[1..])),
            "super" => {
                let supers = rest.chunks(3).take_while(|path| path[0] == "super").count();
                if supers >= depth {
                    found.names.extend(firsts(&rest[3 * supers - 2..]));
                }
                at += 3 * supers - 3;
            }
            "pub" => found.types.extend(public_type(&rest[1..])),
            _ => {}
        }
        at += 1;
    }
    found
}

/// The name of the type that is public here, behind `pub`.
fn public_type(tokens: &[String]) -> Option<String> {
    let whose = if tokens.first()? == "(" { group(tokens).len() } else { 0 };
    let [word, name] = tokens.get(whose..whose + 2)? else { return None };
    ["struct", "enum", "trait", "type"].contains(&word.as_str()).then(|| name.clone())
}

/// The names behind the root of a path: `::name`, or `::{name, name::…}`.
fn firsts(path: &[String]) -> Vec<String> {
    match path {
        [one, two, open, ..] if [one, two].iter().all(|sign| *sign == ":") && open == "{" => {
            let (mut depth, mut names, mut is_first) = (0, Vec::new(), false);
            for token in &path[2..] {
                match token.as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    name if is_first => names.push(name.to_owned()),
                    _ => {}
                }
                is_first = depth == 1 && (token == "{" || token == ",");
                if depth == 0 {
                    break;
                }
            }
            names
        }
        [one, two, name, ..] if one == ":" && two == ":" => vec![name.clone()],
        _ => Vec::new(),
    }
}

/// The length of the attribute `#[cfg(test)]`, or one that asks for `test` and more, where one stands here.
fn attribute_of_tests(tokens: &[String]) -> Option<usize> {
    let begins = tokens.len() > 4 && tokens[0] == "#" && tokens[1] == "[" && tokens[2] == "cfg";
    let of_tests = begins
        && (tokens[4] == "test" || tokens[4] == "all" && group(&tokens[5..]).contains(&"test".to_owned()));
    of_tests.then(|| 1 + group(&tokens[1..]).len())
}

/// How many tokens the item takes that begins here, with its other attributes.
fn item(tokens: &[String]) -> usize {
    let mut at = 0;
    while tokens.get(at).is_some_and(|token| token == "#") {
        at += 1 + group(&tokens[at + 1..]).len();
    }
    // Of these a brace is not the end.
    let is_value = tokens[at..].iter().take_while(|token| *token != "{" && *token != ";").enumerate().any(
        |(n, token)| match token.as_str() {
            "use" | "static" | "type" => true,
            "const" => tokens.get(at + n + 1).is_some_and(|next| next != "fn"),
            _ => false,
        },
    ) && !tokens[at..]
        .iter()
        .take_while(|token| *token != "{")
        .any(|token| token == "fn" || token == "impl");
    while at < tokens.len() {
        match tokens[at].as_str() {
            ";" => return at + 1,
            "{" if !is_value => return at + group(&tokens[at..]).len(),
            "{" | "(" | "[" => at += group(&tokens[at..]).len(),
            _ => at += 1,
        }
    }
    at
}

/// The group that opens here, with its brackets.
fn group(tokens: &[String]) -> &[String] {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return &tokens[..=at];
        }
    }
    tokens
}

/// Words and signs. A comment is nothing, a string or a character is `"`, a lifetime is `'`.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(end) = raw_string(rest).or_else(|| quoted(rest)) {
            tokens.push("\"".to_owned());
            end
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..end].to_owned());
            end
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[end..];
    }
    tokens
}

/// Where `r#"…"#`, with `b` before it or not, ends.
fn raw_string(text: &str) -> Option<usize> {
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let inside = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(text.len() - inside.len() + inside.find(&close).map_or(inside.len(), |at| at + close.len()))
}

/// Where `"…"` or `'x'` ends. A lifetime is neither.
fn quoted(text: &str) -> Option<usize> {
    let begin = usize::from(text.starts_with("b\"") || text.starts_with("b'"));
    let quote = text[begin..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = &text[begin + 1..];
    if quote == '\'' && !inside.starts_with('\\') && inside.chars().nth(1) != Some('\'') {
        return None;
    }
    let mut is_escaped = false;
    let end = inside.char_indices().find(|&(_, c)| {
        let is_end = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    Some(begin + 1 + end.map_or(inside.len(), |(at, _)| at + 1))
}

/// As in `src/words/read.rs`, from which two steps up is the root.
fn named(code: &str) -> Vec<String> {
    read(&tokens(code), 2).names.into_iter().collect()
}

#[test]
fn all_is_seen_but_tests_comments_and_strings() {
    for (code, names) in [
        (
            "use crate::{span::{Span, A}, hanzi}; fn f() { crate::tokens::g(h!(\"{\", crate::deck::h())) }",
            "deck hanzi span tokens",
        ),
        (
            "// crate::span\nconst A: &str = \"crate::hanzi {\\\"\"; const C: char = '{'; use crate::words;",
            "words",
        ),
        (
            "/* crate::span */ fn f<'a>(x: &'a str) { r#\"\"crate::hanzi{\"# ; '\\''; } use crate::words;",
            "words",
        ),
        ("#[cfg(test)] mod sample; use crate::words;", "words"),
        (
            "#[cfg(test)] use crate::{span, hanzi}; #[cfg(test)] pub fn f() -> A { crate::store::g() } use crate::deck;",
            "deck",
        ),
        ("#[cfg(test)] #[allow(x)] const A: B = crate::span::C { a: 1 }; use crate::learned;", "learned"),
        ("#[cfg(all(test, unix))] mod tests { use crate::span; fn f() {} } use crate::learned;", "learned"),
        ("#[cfg(test)] const fn f() -> A { crate::span::g() } use crate::learned;", "learned"),
        ("#[cfg(not(test))] use crate::span;", "span"),
        (
            "use super::read; use super::super::tokens::Kind; fn f() { super::super::deck::g() }",
            "deck tokens",
        ),
    ] {
        assert_eq!(named(code).join(" "), names, "{code}");
    }
    assert_eq!(read(&tokens("#[cfg(test)] pub(crate) mod sample;"), 1).test_files, ["sample"]);
    let types = "pub struct A<'a> {} pub(super) enum B {} struct C; pub fn d() {} m! { pub(in x) trait E {} } \
        #[cfg(test)] pub type F = u8; pub type G = u8;";
    assert_eq!(read(&tokens(types), 1).types.into_iter().collect::<String>(), "ABEG");
}
