//! A template's tags as text: which is left open, which line ends they take away, and the wording
//! without them.

/// The tag that is opened last and never closed, with its place in bytes.
pub(super) fn unclosed(source: &str) -> Option<(usize, &str)> {
    const OPENERS: &[&str] = &["for", "if", "macro", "call", "filter", "with"];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (at, _) in source.match_indices("{%") {
        let inner = source[at + 2..].trim_start_matches(['-', '+']).trim_start();
        let word = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let tag = inner.split("%}").next().unwrap_or_default();
        // `set` with a value needs no end.
        let is_block_set = word == "set" && !tag.contains('=');
        if OPENERS.contains(&word) || is_block_set {
            open.push((at, word));
        } else if word.starts_with("end") {
            open.pop();
        }
    }
    open.pop()
}

/// Jinja drops the line's end after every tag, and so would join a line that ends in one
/// with the next. Only a tag alone on its line is to leave no trace; elsewhere a
/// space keeps the two apart.
pub(super) fn keep_line_ends(wording: &str) -> String {
    let mut kept = String::with_capacity(wording.len());
    for line in wording.split_inclusive('\n') {
        let words = line.trim_end();
        let is_cut =
            (words.ends_with("%}") || words.ends_with("#}")) && !is_only_tags(words);
        kept.push_str(if is_cut { words } else { line });
        kept.push_str(if is_cut { " \n" } else { "" });
    }
    kept
}

/// Whether a line holds nothing but statements and comments. One that ends a tag begun on
/// an earlier line counts.
fn is_only_tags(line: &str) -> bool {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let close = if rest.starts_with("{#") { "#}" } else { "%}" };
        let opens = rest.starts_with("{%") || rest.starts_with("{#");
        let begun_before =
            !rest.contains("{%") && !rest.contains("{#") && !rest.contains("{{");
        match rest.split_once(close) {
            Some((_, after)) if opens || begun_before => rest = after.trim_start(),
            _ => return false,
        }
    }
    true
}

/// The wording with every tag blanked to its length, so that places stay: a printed value
/// becomes letters, as it will be when it is filled, and a statement or comment becomes
/// spaces.
pub(super) fn blank_tags(source: &str) -> String {
    let mut blanked = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = tag_start(rest) {
        let (before, tag) = rest.split_at(at);
        let (close, filler) = match tag.as_bytes().get(1) {
            Some(b'{') => ("}}", 'x'),
            Some(b'%') => ("%}", ' '),
            _ => ("#}", ' '),
        };
        let end = match tag.find(close) {
            Some(end) => end + close.len(),
            None => tag.len(),
        };
        blanked.push_str(before);
        blanked.extend(
            tag[..end]
                .chars()
                .map(|character| if character == '\n' { '\n' } else { filler }),
        );
        rest = &tag[end..];
    }
    blanked + rest
}

fn tag_start(text: &str) -> Option<usize> {
    let mut braces = text.match_indices('{').map(|(at, _)| at);
    braces.find(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')))
}
