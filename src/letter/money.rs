//! Sums of dollars, as people type them.

use super::Typed;

/// A sum in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(pub i64);

impl Typed for Money {
    /// `$1,234.50`, `1234.5`, `-20` and `(20.00)`, as bookkeepers write what is owed.
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let bracketed = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
        let (text, sign) = match bracketed.or_else(|| text.strip_prefix(['-', '−'])) {
            Some(rest) => (rest.trim(), -1),
            None => (text, 1),
        };
        let plain: String =
            text.strip_prefix('$').unwrap_or(text).trim().replace(',', "");
        let (dollars, cents) = plain.split_once('.').unwrap_or((&plain, ""));
        let dollars: i64 = digits(dollars)?;
        let cents: i64 = match cents.len() {
            0 => 0,
            1 => digits(cents)? * 10,
            2 => digits(cents)?,
            _ => return None,
        };
        Some(Self(sign * dollars.checked_mul(100)?.checked_add(cents)?))
    }

    fn show(&self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (dollars, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        format!("{sign}${}.{cents:02}", in_thousands(dollars))
    }
}

fn digits(text: &str) -> Option<i64> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

fn in_thousands(number: u64) -> String {
    let (rest, last) = (number / 1000, number % 1000);
    if rest == 0 { last.to_string() } else { format!("{},{last:03}", in_thousands(rest)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_understood_as_people_write_it() {
        for (typed, shown) in [
            ("$1,234.50", Some("$1,234.50")),
            ("1234.5", Some("$1,234.50")),
            ("0.07", Some("$0.07")),
            ("-20", Some("-$20.00")),
            ("(20.00)", Some("-$20.00")),
            ("1000000", Some("$1,000,000.00")),
            ("12.345", None),
            ("a lot", None),
            (".", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(
                Money::read(typed).map(|sum| sum.show()).as_deref(),
                shown,
                "{typed}"
            );
        }
    }
}
