//! Quotation marks and dashes as they are set in print, for those who want them.

/// What is to be typed instead: how many characters before the caret it replaces, and the
/// words. `None` where it is as it was typed.
pub(in crate::app) fn typographic(
    before: &str,
    typed: &str,
) -> Option<(usize, &'static str)> {
    let last = before.chars().next_back();
    let opens = match last {
        None => true,
        Some(c) => c.is_whitespace() || matches!(c, '(' | '[' | '\u{201C}' | '\u{2014}'),
    };
    match typed {
        "\"" if opens => Some((0, "\u{201C}")),
        "\"" => Some((0, "\u{201D}")),
        "'" if opens => Some((0, "\u{2018}")),
        "'" => Some((0, "\u{2019}")),
        // Two hyphens are a dash; three and more are a line.
        "-" if last == Some('-') && !before.ends_with("--") => Some((1, "\u{2014}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_open_and_close_and_two_hyphens_are_a_dash() {
        let mut text = String::new();
        for letter in "He said \"it's (\"bad\")\" -- twice, L4-5 ---".chars() {
            let typed = letter.to_string();
            let (gone, words) = typographic(&text, &typed).unwrap_or((0, &typed));
            (0..gone).for_each(|_| _ = text.pop());
            text.push_str(words);
        }
        let expected = "He said \u{201C}it\u{2019}s (\u{201C}bad\u{201D})\u{201D} \
                        \u{2014} twice, L4-5 \u{2014}-";
        assert_eq!(text, expected);
    }
}
