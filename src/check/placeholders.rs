//! Words that stand for other words and were to be replaced.

use super::input::FormPlace;
use super::text::{first_piece, last_piece};
use super::wording::capitalized;
use super::{Finding, Findings, Input, Reads, Rule};
use crate::diagnostic::{Anchor, Severity, TextRange};
use crate::letter::fields::Value;
use crate::letter::{Guideline, Source};
use crate::template::Family;

pub(super) const RULES: &[Rule] = &[Rule {
    id: "L008",
    reads: &[Reads::Printed],
    name: "placeholder",
    severity: Severity::Error,
    family: Family::Completeness,
    summary: "No placeholder is left over",
    help: "Looks for {{ }}, XX, xx/xx/2016, mm/dd/yyyy, TBD, ???, ***, ___, <...>, \
        [insert ...], empty brackets, and Lorem ipsum; other words in brackets are a \
        warning. Numbers in brackets, [sic], drug tags such as [otc], and karyotypes \
        such as 46,XX are left alone.",
    find: left_over,
    ..Rule::DEFAULT
}];

fn left_over(input: &Input<'_>, findings: &mut Findings) {
    for FormPlace { field, path, value } in input.places() {
        if !field.printable {
            continue;
        }
        for text in texts(value) {
            for found in placeholders(text) {
                let place = capitalized(&input.field_name(field, path));
                // Only a plain text has a place that a range can name.
                let is_plain = matches!(value, Value::Text(_));
                let range = is_plain.then_some(found.range);
                let anchor = Anchor::Field { path: path.clone(), range };
                findings.push(found.finding(&place, &text[found.range], anchor));
            }
        }
    }
}

/// Everything that a person wrote in a field.
pub(super) fn texts<'a>(value: &Value<'a>) -> Vec<&'a str> {
    match value {
        Value::Text(text) => vec![text],
        Value::Many(values) => values.iter().map(String::as_str).collect(),
        Value::Guideline(Guideline::AsWritten(line)) => vec![line],
        Value::Guideline(Guideline::Cited(citations)) => {
            let mut texts = Vec::new();
            for source in citations {
                push_texts(&mut texts, source);
            }
            texts
        }
        Value::Guideline(Guideline::None { .. })
        | Value::Date(_)
        | Value::Number(_)
        | Value::Money(_)
        | Value::Choice(_)
        | Value::YesNo(_) => Vec::new(),
    }
}

fn push_texts<'a>(texts: &mut Vec<&'a str>, source: &'a Source) {
    match source {
        Source::Mtus { title, sections, .. } => {
            texts.push(title);
            texts.extend(sections.iter().map(String::as_str));
        }
        Source::NonMtus(work) => texts.push(work),
        Source::OutsideMtus => {}
    }
}

/// A placeholder in a text.
#[derive(Debug, PartialEq)]
struct Placeholder {
    range: TextRange,
    severity: Severity,
}

impl Placeholder {
    fn finding(&self, place: &str, words: &str, anchor: Anchor) -> Finding {
        if self.severity == Severity::Error {
            let message = format!("{place} still has \"{words}\"");
            let hint = "Replace it with the real words, or remove it";
            return Finding::new(anchor, message, hint);
        }
        let message = format!("{place} has words in brackets: \"{words}\"");
        let hint = "Remove the brackets, or leave them if you mean them";
        Finding::new(anchor, message, hint).with_severity(self.severity)
    }
}

/// Looks for one sort of placeholder that begins at a byte; gives its length and weight.
type Matcher = fn(&str, usize) -> Option<(usize, Severity)>;

/// Brackets come first, so that what stands in them is reported once.
const MATCHERS: &[Matcher] =
    &[bracketed, braces, form_of_date, stand_ins, dummy_word, angled];

/// Every placeholder in a text, in order.
fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(can_begin) {
        at += next;
        if is_within_a_word(text, at) {
            at += 1;
            continue;
        }
        match MATCHERS.iter().find_map(|matches| matches(text, at)) {
            Some((length, severity)) => {
                let range = TextRange::from(at..at + length);
                found.push(Placeholder { range, severity });
                at += length;
            }
            // Every character that can begin a placeholder is one byte long.
            None => {
                at += 1 + text[at + 1..]
                    .bytes()
                    .take_while(|&it| it == text.as_bytes()[at])
                    .count();
            }
        }
    }
    found
}

/// Whether a letter follows another: no placeholder begins there.
fn is_within_a_word(text: &str, at: usize) -> bool {
    let is_letter = |place: usize| text.as_bytes()[place].is_ascii_alphabetic();
    at > 0 && is_letter(at) && is_letter(at - 1)
}

/// Whether a placeholder can begin with this character: nearly no text has one of them
/// but for letters, and looking at every place with every matcher is slow.
fn can_begin(character: char) -> bool {
    matches!(
        character,
        '[' | '('
            | '{'
            | '_'
            | '<'
            | '?'
            | '*'
            | '#'
            | '-'
            | '0'
            | 'C'
            | 'E'
            | 'X'
            | 'x'
            | 'T'
            | 't'
            | 'F'
            | 'f'
            | 'I'
            | 'L'
            | 'l'
            | 'M'
            | 'm'
            | 'D'
            | 'd'
            | 'N'
    )
}

/// `{{ name }}` or `{name}`: a template's tag, copied along, or a blank of a snippet;
/// `{4 | 6}` is a choice of one.
fn braces(text: &str, at: usize) -> Option<(usize, Severity)> {
    let rest = &text[at..];
    if let Some(inner) = enclosed(text, at, '{', '}')
        && (inner.contains('|')
            || inner.starts_with(char::is_alphabetic)
                && inner.ends_with(char::is_alphanumeric))
    {
        return Some((inner.len() + 2, Severity::Error));
    }
    if !rest.starts_with("{{") && !rest.starts_with("{%") {
        return None;
    }
    let line = first_piece(rest, |c| c == '\n');
    let ends = ["}}", "%}"].map(|end| line[2..].find(end));
    let length = match ends.into_iter().flatten().min() {
        Some(inner) => 2 + inner + 2,
        None => 2,
    };
    Some((length, Severity::Error))
}

/// What stands for a number, a name, or a date to come: `___`, `XX`, `???`, `***`, `##`,
/// and dates such as `xx/xx/2016`.
fn stand_ins(text: &str, at: usize) -> Option<(usize, Severity)> {
    let first = text[at..].chars().next()?;
    let least = if first == '*' { 3 } else { 2 };
    let is_it = |c: char| c.eq_ignore_ascii_case(&first);
    let run = text[at..].chars().take_while(|&c| is_it(c)).count();
    let before = &text[..at];
    let is_stand_in = matches!(first, '_' | 'X' | 'x' | '?' | '*' | '#')
        || first == '-' && text[at + run..].starts_with('/');
    let is_of_date = text[at + run.max(1)..].starts_with(['/', '-']) && first != '*';
    let is_short_of_date = is_of_date && run == 1 && matches!(first, '?' | '_');
    let is_of_size = text[at + run..].to_lowercase().starts_with("-large");
    if !is_stand_in || is_of_size || !(run >= least || is_short_of_date) {
        return None;
    }
    let goes_on =
        |c: char| is_it(c) || c.is_ascii_digit() || matches!(c, '/' | '-' | '?');
    let whole =
        &text[at..at + text[at..].find(|c| !goes_on(c)).unwrap_or(text.len() - at)];
    let whole = whole.trim_end_matches(['/', '-']);
    let length =
        if whole.contains(['/', '-']) || first != '?' { whole.len() } else { run };
    let is_alone = match first {
        // Many question marks behind a word only ask loudly.
        '?' if is_short_of_date => true,
        '?' => !before.ends_with(char::is_alphanumeric),
        // The years of a date: 20XX.
        'X' | 'x' if before.ends_with("20") || before.ends_with("19") => true,
        '*' | '#' => true,
        _ => stands_alone(text, at, length),
    };
    (is_alone && !is_karyotype(text, at, run))
        .then_some((length.max(run), Severity::Error))
}

/// Whether two X's are a woman's chromosomes, or a Roman number behind what is counted so.
fn is_karyotype(text: &str, at: usize, run: usize) -> bool {
    let (before, after) = (&text[..at], &text[at + run..]);
    let before = before.trim_end();
    let is_counted = before.ends_with(',')
        && before.trim_end_matches(',').ends_with(|c: char| c.is_ascii_digit());
    let last = last_piece(before, |c| !c.is_alphanumeric()).to_lowercase();
    let next = after.trim_start().to_lowercase();
    let is_of_cells =
        ["chromosom", "karyotyp", "genotyp", "sex", "male", "female", "/xy"]
            .iter()
            .any(|word| next.starts_with(word));
    let is_numbered = [
        "45",
        "46",
        "47",
        "karyotype",
        "chapter",
        "factor",
        "volume",
        "title",
        "type",
        "xy",
        "part",
    ]
    .contains(&last.as_str());
    run == 2 && (is_counted || is_of_cells || is_numbered) || run < 6 && is_counted
}

/// `mm/dd/yyyy`: how a date is to be written.
fn form_of_date(text: &str, at: usize) -> Option<(usize, Severity)> {
    const FORMS: [&str; 7] = [
        "00/00/0000",
        "mm/dd/yyyy",
        "mm/dd/yy",
        "mm-dd-yyyy",
        "dd/mm/yyyy",
        "m/d/yyyy",
        "mm/dd",
    ];
    for form in FORMS {
        if let Some(start) = text.get(at..at + form.len())
            && start.eq_ignore_ascii_case(form)
            && stands_alone(text, at, form.len())
        {
            return Some((form.len(), Severity::Error));
        }
    }
    None
}

/// `TBD` and the printer's dummy text.
fn dummy_word(text: &str, at: usize) -> Option<(usize, Severity)> {
    const WORDS: [&str; 16] = [
        "Click here to enter",
        "Enter text here",
        "TBD",
        "tbd",
        concat!("TO", "DO"),
        "ToDo",
        concat!("to", "do"),
        concat!("fix", "me"),
        "To do:",
        "To-do:",
        concat!("FIX", "ME"),
        "TBA",
        "TK TK",
        "Lorem ipsum",
        "lorem ipsum",
        "NAME HERE",
    ];
    for word in WORDS {
        if text[at..].starts_with(word) && stands_alone(text, at, word.len()) {
            return Some((word.len(), Severity::Error));
        }
    }
    // "Insert summary here".
    let sentence = text[at..].strip_prefix("Insert ")?.split(['.', '\n']).next()?;
    let (words, _) = sentence.split_once(" here")?;
    let length = "Insert ".len() + words.len() + " here".len();
    (words.split_whitespace().count() <= 4).then_some((length, Severity::Error))
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric)
        && !text[at + length..].starts_with(char::is_alphanumeric)
}

/// `<name>` or `<...>`, but not "pain < 5 and > 3": the words touch both marks.
fn angled(text: &str, at: usize) -> Option<(usize, Severity)> {
    let inner = enclosed(text, at, '<', '>')?;
    let opens = inner.starts_with(|c: char| c.is_alphabetic() || matches!(c, '.' | '…'));
    let closes = inner.ends_with(|c: char| !c.is_whitespace());
    (opens && closes).then_some((inner.len() + 2, Severity::Error))
}

/// `[insert date]`, or brackets with nothing in them; other words in brackets weigh less,
/// and numbers and short tags nothing.
fn bracketed(text: &str, at: usize) -> Option<(usize, Severity)> {
    if let Some(inner) = enclosed(text, at, '(', ')') {
        let words = inner.trim().to_lowercase();
        let is_blank = words.is_empty() && !text[..at].ends_with(char::is_alphanumeric);
        let is_instruction = ["insert ", "enter ", "fill in", "your "]
            .iter()
            .any(|it| words.starts_with(it))
            && words.split(' ').count() <= 4;
        return (is_blank || is_instruction)
            .then_some((inner.len() + 2, Severity::Error));
    }
    let inner = enclosed(text, at, '[', ']')?;
    if inner.trim().is_empty() {
        return Some((inner.len() + 2, Severity::Error));
    }
    let severity = weight(inner.trim(), is_quoted(text, at))?;
    Some((inner.len() + 2, severity))
}

/// What stands between two marks on one line, if it is no longer than a placeholder can
/// be.
fn enclosed(text: &str, at: usize, open: char, close: char) -> Option<&str> {
    // Longer than any instruction to a writer that was seen in letters.
    const LIMIT: usize = 120;
    let inner = text[at..].strip_prefix(open)?;
    let end = inner.find([close, '\n'])?;
    let is_short = inner[..end].chars().count() < LIMIT;
    (is_short && inner[end..].starts_with(close)).then_some(&inner[..end])
}

/// Words with which an instruction to the writer begins.
const INSTRUCTIONS: &[&str] = &[
    "add",
    "age",
    "amount",
    "choose",
    "date",
    "describe",
    "dose",
    "drug",
    "enter",
    "fill",
    "here",
    "insert",
    "name",
    "number",
    "part",
    "placeholder",
    "select",
    "side",
    "text",
    "type",
    "visits",
    "your",
];

fn weight(words: &str, is_quoted: bool) -> Option<Severity> {
    if words.chars().all(|c| matches!(c, '.' | '…')) {
        // Within a quotation, dots in brackets say that words were left out.
        return (!is_quoted).then_some(Severity::Error);
    }
    if words.chars().all(|c| c.is_ascii_digit() || " ,-–.".contains(c))
        || words.ends_with("withheld")
    {
        return None;
    }
    let first = first_piece(words, |c| !c.is_alphanumeric());
    if INSTRUCTIONS.contains(&&*first.to_lowercase()) || !placeholders(words).is_empty() {
        return Some(Severity::Error);
    }
    // A tag such as [otc], [CT], [MRI], [sic] is a letter's own.
    let is_tag = words.chars().count() <= 6 && words.chars().all(char::is_alphanumeric);
    (!is_tag).then_some(Severity::Warning)
}

/// Whether a quotation is open at this place of its paragraph: straight marks open and
/// close by turns, curly ones say by themselves which they do.
fn is_quoted(text: &str, at: usize) -> bool {
    let paragraph = last_piece(&text[..at], |c| c == '\n');
    let straight = paragraph.matches('"').count();
    let last_curly = paragraph.rfind(['“', '”']);
    straight % 2 == 1 || last_curly.is_some_and(|at| paragraph[at..].starts_with('“'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Severity)]) {
        let found = placeholders(text);
        let found: Vec<_> = found
            .iter()
            .map(|found| (&text[found.range], found.severity))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn placeholders_are_found() {
        for (text, placeholder) in [
            ("Dear {{ recipient.name }}, we", "{{ recipient.name }}"),
            ("open {{ brace", "{{"),
            ("{% if x %}", "{% if x %}"),
            ("on XX/10/2016", "XX/10/2016"),
            ("claim XXXX.", "XXXX"),
            ("xx visits", "xx"),
            ("on xx/xx/2016.", "xx/xx/2016"),
            ("on __/__/2016", "__/__/2016"),
            ("on ??/??/2016", "??/??/2016"),
            ("on ?/?/2016", "?/?/2016"),
            ("takes ??? mg", "???"),
            ("takes ?? mg", "??"),
            ("the *** report", "***"),
            ("the ## visits", "##"),
            (concat!("TO", "DO: dates"), concat!("TO", "DO")),
            ("To do: dates", "To do:"),
            ("on mm/dd/yyyy,", "mm/dd/yyyy"),
            ("in 20XX", "XX"),
            ("for {name}, who", "{name}"),
            ("dated [ ] and", "[ ]"),
            ("dated ( ) and", "( )"),
            ("seen (insert date) by", "(insert date)"),
            ("seen on TBD", "TBD"),
            ("by ____ on", "____"),
            ("by <insert name> on", "<insert name>"),
            ("and <...> so", "<...>"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("on [insert date]", "[insert date]"),
            ("on [Date]", "[Date]"),
            ("and [...] so", "[...]"),
            ("on [XX]", "[XX]"),
        ] {
            check(text, &[(placeholder, Severity::Error)]);
        }
    }

    #[test]
    fn words_in_brackets_are_warned_of() {
        check("MRI [following TPII]", &[("[following TPII]", Severity::Warning)]);
        check(
            "[a b c] and [TBD]",
            &[("[a b c]", Severity::Warning), ("[TBD]", Severity::Error)],
        );
    }

    #[test]
    fn text_that_looks_like_a_placeholder_is_left_alone() {
        for text in [
            "",
            "Ibuprofen [otc], [CT] and [MRI], as said [1], [2, 3] and [4-6]",
            "an XXL brace, EXXON, an X",
            "VAS <5 and BMI >30",
            "pain < 5 and range > 3",
            "if <half and >third",
            "a_b and x__init",
            "The karyotype is 46,XX or 46, XX, not 47,XXY; XX chromosomes and XX/XY",
            "Is it needed?? Yes. Pain (severe) and provider(s), f()",
            "Rated 3* and **bold**, #30, Chapter XX",
            "\"The criteria [...] are met\"",
            "“The criteria […] are met”",
            "the patient [sic] said",
            "{ and }",
            "[ not closed",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn ranges_count_bytes() {
        assert_eq!(
            placeholders("é TBD").first().map(|found| found.range),
            Some((3..6).into())
        );
    }
}
