//! The drafts that arguments name, each with the wording that it is composed with.

use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::error::Error;
use super::output::{report, report_hint};
use crate::letter::us_date;
use crate::outside;
use crate::store::{
    self, DataFolder, Draft, Expected, Fingerprint, Key, Opened, Seal, TemplateRef,
};
use crate::template::{Template, Templates};

/// The argument that stands for standard input or output.
pub(super) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What messages call a file.
pub(super) fn name(path: &Path) -> String {
    if is_standard(path) { "standard input".into() } else { path.display().to_string() }
}

/// Reads a draft, with what opens it if it is encrypted, and reports what it holds that
/// is not known here.
pub(super) fn open(path: &Path, key: Option<Key<'_>>) -> Result<Opened, Error> {
    let opened = if is_standard(path) {
        from_standard_input(key)?
    } else {
        store::open(path, key)?
    };
    if let Some(reason) = &opened.read_only
        && reason.is_partly_understood()
    {
        report(&format!("{}: {}", name(path), reason.message()));
        report_hint(reason.hint());
    }
    if let Some(since) = opened.draft.record.finished {
        report(&format!(
            "{}: This letter was made final on {}",
            name(path),
            us_date(since)
        ));
    }
    Ok(opened)
}

/// Saves a draft that was read before, and reports what its file could not keep.
pub(super) fn save(
    path: &Path,
    draft: &Draft,
    seal: Option<&Seal>,
    before: Fingerprint,
) -> Result<(), Error> {
    let written = store::save(path, draft, seal, Expected::Unchanged(before))?;
    if let Some(not_kept) = written.not_kept {
        report(&not_kept.message(&name(path)));
        report_hint(not_kept.hint());
    }
    Ok(())
}

fn from_standard_input(key: Option<Key<'_>>) -> Result<Opened, Error> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(store::SIZE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(Error::Input)?;
    Ok(store::read(&bytes, Path::new("standard input"), key)?)
}

/// The wording for a draft: the one asked for, or the built-in one that it names, or else
/// the one that it carries.
pub(super) fn template_for(
    wanted: Option<&str>,
    draft: &TemplateRef,
    path: &Path,
) -> Result<Arc<Template>, Error> {
    if let Some(id) = wanted {
        return template(Some(id));
    }
    if draft.id.is_empty() && draft.source.is_empty() {
        return Err(Error::NoTemplateForDraft { path: path.into() });
    }
    let found = match templates().find(&draft.id) {
        Some(known) => Arc::clone(known),
        None => {
            carried(draft).ok_or_else(|| Error::NoTemplate { id: draft.id.clone() })?
        }
    };
    report_new_wording(draft, &found, path);
    Ok(found)
}

/// The wording that the draft carries, if it can be read.
fn carried(draft: &TemplateRef) -> Option<Arc<Template>> {
    outside::template(&draft.source).ok().map(Arc::new)
}

/// The same for a draft; a final letter keeps the wording that it carries.
pub(super) fn wording(
    wanted: Option<&str>,
    draft: &Draft,
    path: &Path,
) -> Result<Arc<Template>, Error> {
    // What was issued is not reworded by a newer template of the same id.
    if draft.record.finished.is_some()
        && wanted.is_none()
        && let Some(own) = carried(&draft.template)
    {
        return Ok(own);
    }
    template_for(wanted, &draft.template, path)
}

/// Every template that is known to this account, read once.
pub(super) fn templates() -> &'static Templates {
    static TEMPLATES: LazyLock<Templates> =
        LazyLock::new(|| match DataFolder::of_this_account() {
            Ok(data) => store::user_folder::load(&data),
            Err(_) => Templates::default(),
        });
    &TEMPLATES
}

/// The template of this id, or the first where none is named.
pub(super) fn template(id: Option<&str>) -> Result<Arc<Template>, Error> {
    let templates = templates();
    let found = match id {
        Some(id) => templates.find(id),
        None => Template::all().first(),
    };
    found
        .cloned()
        .ok_or_else(|| Error::NoTemplate { id: id.unwrap_or_default().into() })
}

/// A letter that was read by its writer in one wording is not silently given another.
fn report_new_wording(draft: &TemplateRef, template: &Template, path: &Path) {
    let (then, now) = (draft.version, template.head().version);
    if then != now && !draft.source.is_empty() {
        let (name, id) = (name(path), &draft.id);
        report(&format!(
            "{name}: The template {id} is now version {now}; this draft was written \
                with version {then}"
        ));
        report_hint("Read the letter again before you issue it");
    }
}
