//! `rationale new`: an empty draft to begin from.

use super::arguments::New;
use super::draft;
use super::error::Error;
use super::exit::Exit;
use super::output::{report, report_hint, write_file};
use crate::letter::Group;
use crate::store::{self, Draft, Expected};

pub(super) fn run(arguments: &New) -> Result<Exit, Error> {
    let template = draft::template(arguments.template.as_deref())?;
    let mut draft = Draft::new(&template);
    for group in [Group::Reviewers, Group::Documents, Group::Items] {
        draft.letter.add_row(group, None);
    }
    if draft::is_standard(&arguments.output) {
        write_file(draft.to_text()?.as_bytes())?;
    } else {
        store::save(&arguments.output, &draft, None, Expected::Nothing)?;
        let name = arguments.output.display().to_string();
        report(&format!("Written: {name}"));
        let argument =
            if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name };
        report_hint(&format!("Fill it in with: rationale {argument}"));
    }
    Ok(Exit::Fine)
}
