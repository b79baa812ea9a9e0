//! Whether a text that should be Dutch has English words in it.

/// Words of nearly every English sentence, and of no Dutch one.
const ENGLISH: &[&str] = &[
    "the", "and", "with", "not", "this", "that", "are", "was", "were", "be", "has", "have", "there", "must", "which",
    "given", "only", "than", "other", "least", "most", "missing", "save", "once", "neither", "expected", "cannot",
];

/// The words outside quotes and backticks.
fn words(text: &str) -> Vec<String> {
    let outside: String = text.split(['"', '`']).step_by(2).collect();
    let words = outside.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | '.' | '/'));
    words.map(|word| word.trim_matches('.').to_lowercase()).filter(|word| !word.is_empty()).collect()
}

/// The English words of a text that should be Dutch, quotations left out.
pub fn english_words(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| ENGLISH.contains(&word.as_str())).collect()
}
