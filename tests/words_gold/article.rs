//! How the articles are read whose words are known: for the test here and for `tools/segmentation`.

/// An article that is kept cut: a blank between tokens, the kind behind a slash where a token is no plain word.
#[derive(Debug, Default)]
pub struct Cut {
    pub text: String,
    pub tokens: Vec<Token>,
}

#[derive(Debug)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    /// As the program names kinds; `other` for signs.
    pub kind: String,
}

impl Cut {
    /// Lines that begin with `#` are remarks.
    pub fn read(file: &str) -> Self {
        let mut cut = Self::default();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            for item in line.split_whitespace() {
                let (form, kind) = item.rsplit_once('/').unwrap_or((item, "word"));
                let sign = !form.chars().any(char::is_alphanumeric);
                let start = cut.text.len();
                cut.text.push_str(form);
                let kind = if sign { "other" } else { kind }.to_owned();
                cut.tokens.push(Token { start, end: cut.text.len(), kind });
            }
            cut.text.push('\n');
        }
        cut
    }
}

/// Of the real article the title, the subtitle, and the first of the two bodies, without pinyin.
pub fn prepare(raw: &str) -> String {
    let lines: Vec<&str> = raw.lines().collect();
    let title = lines[0];
    let bodies: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].starts_with("日前")).collect();
    let mut text = vec![title.to_owned(), lines[2].trim_start_matches(title).to_owned()];
    text.extend(lines[bodies[0]..bodies[1]].iter().map(|line| (*line).to_owned()));
    let mut out = String::new();
    let mut rest = text.join("\n");
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |at| open + at + 1);
        let inside = rest[open..close].trim_matches(['(', ')']);
        let pinyin = !inside.is_empty() && inside.chars().all(|c| c.is_lowercase());
        // A bracket of Chinese may hold one of pinyin: go on inside it.
        out.push_str(&rest[..if pinyin { open } else { open + 1 }]);
        rest = rest[if pinyin { close } else { open + 1 }..].to_owned();
    }
    out + &rest
}
