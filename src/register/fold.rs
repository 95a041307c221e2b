//! Words as they are looked for. Never as they are shown.

/// Small letters, «е» for «ё», single spaces: what a search has to be folded into as well.
pub fn fold(text: &str) -> String {
    let folded: String = text.to_lowercase().replace('ё', "е");
    folded.split_whitespace().collect::<Vec<&str>>().join(" ")
}
