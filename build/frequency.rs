//! How often a word stands in the news and books that jieba's dictionary was counted on.
//!
//! jieba's own list (`word count tag` a line) is the only free count of written Chinese that a crate carries;
//! SUBTLEX-CH, counted on film subtitles, knows 的 and 我 better than 融资.

use std::collections::HashMap;
use std::path::Path;
use std::{error::Error, fs};

/// Word to count.
pub fn read(path: &Path) -> Result<HashMap<String, u32>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut counts = HashMap::new();
    for line in text.lines() {
        let mut parts = line.split(' ');
        let (Some(word), Some(count)) = (parts.next(), parts.next()) else { continue };
        counts.insert(word.to_owned(), count.parse()?);
    }
    Ok(counts)
}
