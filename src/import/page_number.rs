//! What programs and machines write at a page's edge: its number, a fax's line, a stamped
//! number.

use super::normalize::normalize;

/// `Page 2 of 5`, `2 of 5`, `- 2 -`, `2 | Page`, `ii` or `2`, on the page of this number.
pub(super) fn is_page_number(words: &str, number: usize) -> bool {
    let words = normalize(words).to_lowercase();
    let words = words.replace(['|', '–', '—', '[', ']', '(', ')', '~'], "");
    let (mut says_page, mut rest) = (false, &*words);
    for mark in ["page", "pg.", "pg", "p."] {
        let around = words.strip_prefix(mark).or_else(|| words.strip_suffix(mark));
        if let Some(around) = around {
            (says_page, rest) = (true, around.trim_matches(':'));
            break;
        }
    }
    if rest == roman(number) {
        return true;
    }
    let number = number.to_string();
    // A fax counts with zeros in front.
    rest = rest.trim_start_matches('0');
    let Some(count) = rest.strip_prefix(&number) else { return false };
    let count = match count.strip_prefix("of") {
        Some(count) => count,
        None => count.strip_prefix('/').unwrap_or(count),
    };
    let is_count = count.len() <= 3 && count.bytes().all(|byte| byte.is_ascii_digit());
    let is_bare = rest == number;
    is_count && (says_page || words.contains("of") || words.contains('/') || is_bare)
}

/// Whether a line that says something else ends in its page's number: `Doe, page 2`.
pub(super) fn names_page(words: &str, number: usize) -> bool {
    let words = words.to_lowercase();
    let Some((_, end)) = words.rsplit_once("page") else { return false };
    is_page_number(&format!("page {end}"), number)
}

/// The number of a page in small Roman numerals; none has forty.
fn roman(number: usize) -> String {
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    if number >= 40 { String::new() } else { "x".repeat(number / 10) + ones[number % 10] }
}

/// What a fax machine writes over a page: a date and time, and FAX or a page's number.
pub(super) fn is_fax_line(words: &str) -> bool {
    // The marks of the time are none of a page's number.
    let words = words.to_uppercase().replace("P.M.", "PM");
    let has_time = words.split_whitespace().any(|word| {
        let time = word.trim_end_matches(['A', 'P', 'M', '.', ',']);
        match time.split_once(':') {
            Some((hour, rest)) => {
                let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
                matches!(hour.len(), 1..=2)
                    && digits(hour)
                    && rest.len() >= 2
                    && digits(&rest[..2])
            }
            None => false,
        }
    });
    let is_faxed =
        ["FAX", "RIGHTFAX", "TO:", "FROM:", "FROM ", "PAGE", "P.", "PG", "->", "→"]
            .iter()
            .any(|mark| words.contains(mark));
    has_time && is_faxed
}

/// A number that was stamped on a page when it was filed: `DEF-000123`.
pub(super) fn is_stamped_number(words: &str) -> bool {
    let front = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - front.len();
    let letters = front.trim_end_matches(['-', '_', ' ', '.']);
    // A procedure has a code of five figures, after a space.
    let least = if front.ends_with(' ') { 6 } else { 5 };
    digits >= least
        && (2..=16).contains(&letters.len())
        && letters
            .chars()
            .all(|c| c.is_ascii_uppercase() || matches!(c, '-' | '_' | ' '))
        && letters.starts_with(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_page_is_known_in_every_form() {
        for words in [
            "2",
            "- 2 -",
            "– 2 –",
            "[2]",
            "2/5",
            "2 of 5",
            "Page 2",
            "Page: 2",
            "Page | 2",
            "2 | P a g e",
            "Pg. 2",
            "P. 002/005",
            "ii",
            "Page ii",
            "PAGE 2 OF 5",
        ] {
            assert!(is_page_number(words, 2), "{words}");
            assert!(!is_page_number(words, 3), "{words}");
        }
        for words in ["12 visits", "2 mg", "Page two", "viii", ""] {
            assert!(!is_page_number(words, 2), "{words}");
        }
        assert!(!is_fax_line("Hours: Monday to Friday, 9:00 a.m. to 1:00 p.m."));
        assert!(is_fax_line("3/9/2017 10:22 a.m. p. 2"));
        assert!(names_page("Doe, 03/03/2017, Page 2 of 5", 2));
        assert!(!names_page("as noted on page 3", 2));
    }
}
