//! Encrypted drafts: what is asked, what is written with which seal, and what nobody is
//! shown of them.

use super::*;
use crate::app::desk::PassphrasePurpose as Purpose;
use crate::earlier::KnownDraft;
use crate::store::recovery::{Lock, Recovery, RecoveryId};
use crate::store::{Passphrase, Seal, sealed};

fn passphrase() -> Passphrase {
    Passphrase::new("otter lamp gravel tune")
}

fn seal() -> Seal {
    Seal::with_work(&passphrase(), 2).unwrap()
}

/// Encrypts the open draft; gives the seal and the jobs.
fn encrypt(desk: &mut Desk) -> (Seal, Vec<Job>) {
    desk.run(Command::Encrypt);
    let asked = desk.run(Command::GivePassphrase(passphrase()));
    assert_eq!(job_names(&asked), ["make seal"]);
    let seal = seal();
    let jobs = answer_make(desk, &asked, &seal);
    (seal, jobs)
}

/// Answers the desk that the seal among the jobs was made.
fn answer_make(desk: &mut Desk, jobs: &[Job], seal: &Seal) -> Vec<Job> {
    let id = jobs.iter().find_map(|job| match job {
        Job::Task(TaskJob::MakeSeal { id, .. }) => Some(*id),
        _ => None,
    });
    let id = id.expect("no seal is made");
    desk.receive(Event::SealMade { id, result: Ok(seal.clone()) })
}

/// A desk with an encrypted draft that is saved.
fn sealed_desk() -> (Desk, Seal) {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    let (seal, jobs) = encrypt(&mut desk);
    answer_save(&mut desk, &jobs, Ok(()));
    (desk, seal)
}

fn seal_of(jobs: &[Job]) -> Option<Seal> {
    jobs.iter().find_map(|job| match job {
        Job::Disk(DiskJob::Save { seal, .. }) => Some(seal.clone()),
        Job::Disk(DiskJob::Data(DataJob::WriteRecovery(copy))) => {
            Some(copy.lock.clone().seal())
        }
        _ => None,
    })?
}

fn locked(path: &str) -> Error {
    sealed::Error::Locked { path: path.into() }.into()
}

fn wrong(path: &str) -> Error {
    sealed::Error::WrongPassphrase { path: path.into() }.into()
}

fn answer_open(desk: &mut Desk, result: Result<Opened, Error>) -> Vec<Job> {
    desk.answer_open(result.map(Box::new))
}

/// Answers what became of a recovery copy that is being opened.
fn answer_unlock(
    desk: &mut Desk,
    copy: &RecoveryId,
    result: Result<Box<Recovery>, Error>,
) {
    let id = desk.waits(|waiting| matches!(waiting, Waiting::UnlockedCopy));
    desk.receive(Event::Unlocked { id, copy: copy.clone(), result });
}

/// The sample letter as an encrypted file gives it.
fn opened_with(seal: &Seal) -> Opened {
    let mut opened = opened(sample());
    opened.seal = Some(seal.clone());
    opened
}

fn purpose(desk: &Desk) -> Option<&Purpose> {
    desk.passphrase_box().map(|asking| &asking.purpose)
}

#[test]
fn an_encrypted_file_is_asked_for_its_passphrase_until_one_opens_it() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.run(Command::OpenFile("/cases/b.ron".into()));
    answer_open(&mut desk, Err(locked("/cases/b.ron")));
    assert_eq!(purpose(&desk), Some(&Purpose::Open("/cases/b.ron".into())));
    assert_eq!(
        job_names(&desk.run(Command::GivePassphrase(passphrase()))),
        ["open sealed"]
    );
    answer_open(&mut desk, Err(wrong("/cases/b.ron")));
    let refused = desk.passphrase_box().unwrap().refused.clone().unwrap();
    assert_eq!(
        refused,
        "This passphrase does not open /cases/b.ron. Type it again; capitals and spaces count"
    );
    assert_eq!(desk.open_draft().path, Some("/cases/a.ron".into()));
    desk.run(Command::GivePassphrase(passphrase()));
    let seal = seal();
    answer_open(&mut desk, Ok(opened_with(&seal)));
    assert_eq!((desk.passphrase_box().is_none(), desk.is_unsaved()), (true, false));
    assert_eq!(desk.open_draft().seal, Some(seal));
}

#[test]
fn escape_leaves_the_open_letter_even_while_a_passphrase_is_tried() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.run(Command::OpenFile("/cases/b.ron".into()));
    answer_open(&mut desk, Err(locked("/cases/b.ron")));
    desk.run(Command::GivePassphrase(passphrase()));
    assert_eq!(
        job_names(&desk.run(Command::GivePassphrase(passphrase()))),
        Vec::<&str>::new()
    );
    desk.run(Command::Cancel);
    answer_open(&mut desk, Ok(opened_with(&seal())));
    assert_eq!(desk.open_draft().path.as_deref(), Some(Path::new("/cases/a.ron")));
    assert_eq!(purpose(&desk), None);
}

#[test]
fn a_damaged_encrypted_file_is_reported_and_not_asked_for_again() {
    let mut desk = empty_desk();
    desk.run(Command::OpenFile("/cases/b.ron".into()));
    answer_open(&mut desk, Err(locked("/cases/b.ron")));
    desk.run(Command::GivePassphrase(passphrase()));
    let changed = sealed::Error::Changed { path: "/cases/b.ron".into(), before: None };
    answer_open(&mut desk, Err(changed.into()));
    assert_eq!(
        desk.notice_texts(),
        ["The encrypted part of this draft was changed after it was saved: /cases/b.ron"]
    );
    assert_eq!(purpose(&desk), None);
}

#[test]
fn encrypting_saves_at_once_and_seals_every_copy_from_then_on() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.type_summary("x");
    desk.wait(2);
    let (seal, jobs) = encrypt(&mut desk);
    assert_eq!(job_names(&jobs), ["write copy", "seal copies", "save"]);
    assert_eq!(
        (seal_of(&jobs[..1]), seal_of(&jobs[2..])),
        (Some(seal.clone()), Some(seal.clone()))
    );
    assert!(desk.is_unsaved());
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(!desk.is_unsaved());
    desk.type_summary("y");
    assert_eq!(seal_of(&desk.wait(2)), Some(seal));
}

#[test]
fn a_draft_that_is_not_yet_saved_encrypted_is_unsaved() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    let (_, jobs) = encrypt(&mut desk);
    answer_save(&mut desk, &jobs, Err(Error::Protected { path: "/cases/a.ron".into() }));
    assert!(desk.is_unsaved());
}

#[test]
fn a_short_passphrase_is_not_taken() {
    let mut desk = desk();
    desk.run(Command::Encrypt);
    assert_eq!(
        job_names(&desk.run(Command::GivePassphrase(Passphrase::new("short")))),
        Vec::<&str>::new()
    );
    assert!(
        desk.passphrase_box()
            .unwrap()
            .refused
            .as_ref()
            .unwrap()
            .starts_with("Too short")
    );
}

#[test]
fn a_changed_passphrase_makes_another_seal_and_taking_it_off_asks() {
    let (mut desk, first) = sealed_desk();
    assert_eq!(
        desk.refusal(&Command::Encrypt).as_deref(),
        Some("This draft is already encrypted")
    );
    desk.run(Command::ChangePassphrase);
    let jobs = desk.run(Command::GivePassphrase(passphrase()));
    let jobs = answer_make(&mut desk, &jobs, &seal());
    assert!(seal_of(&jobs).is_some_and(|second| second != first));
    answer_save(&mut desk, &jobs, Ok(()));
    desk.run(Command::TakeEncryptionOff);
    let jobs = desk.answer("Remove");
    assert_eq!((job_names(&jobs), seal_of(&jobs)), (vec!["seal copies", "save"], None));
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(!desk.is_unsaved() && !desk.open_draft().is_sealed());
    assert_eq!(
        desk.refusal(&Command::TakeEncryptionOff).as_deref(),
        Some("This draft is not encrypted")
    );
}

#[test]
fn new_drafts_are_encrypted_at_their_first_save_if_the_settings_say_so() {
    let mut desk = desk();
    desk.run(Command::ToggleEncryptNew);
    assert_eq!(job_names(&desk.run(Command::Save)), Vec::<&str>::new());
    assert_eq!(purpose(&desk), Some(&Purpose::First));
    let jobs = desk.run(Command::GivePassphrase(passphrase()));
    let jobs = answer_make(&mut desk, &jobs, &seal());
    let ask = ask_of(&jobs);
    let jobs = desk.receive(Event::PathChosen { ask, path: Some("/cases/n.ron".into()) });
    assert!(seal_of(&jobs).is_some());
}

#[test]
fn an_encrypted_copy_comes_back_with_its_passphrase() {
    let mut desk = empty_desk();
    let saved = noon().timestamp();
    let id = RecoveryId::new(saved);
    let (draft, original) = (opened(sample()).draft, Some("/cases/a.ron".into()));
    let open =
        Recovery { id: id.clone(), saved, original, draft, lock: Lock::Open(seal()) };
    let closed = Recovery { draft: Draft::default(), lock: Lock::Locked, ..open.clone() };
    desk.receive(Event::CopiesFound { recoveries: vec![closed], unreadable: Vec::new() });
    desk.run(Command::Restore(id.clone()));
    assert_eq!(purpose(&desk), Some(&Purpose::Restore(id.clone())));
    assert_eq!(
        job_names(&desk.run(Command::GivePassphrase(passphrase()))),
        ["unlock copy"]
    );
    answer_unlock(&mut desk, &id, Err(wrong("recovery-7.ron")));
    assert!(desk.passphrase_box().unwrap().refused.is_some());
    desk.run(Command::GivePassphrase(passphrase()));
    answer_unlock(&mut desk, &id, Ok(Box::new(open)));
    assert_eq!(
        (purpose(&desk), desk.read().case.number.as_str()),
        (None, "CM13-0012345")
    );
    assert!(desk.open_draft().is_sealed() && desk.is_unsaved());
}

#[test]
fn nothing_of_an_encrypted_letter_stands_in_title_names_or_settings() {
    let (mut desk, _) = sealed_desk();
    assert_eq!(
        (desk.title().as_str(), desk.open_draft().file_name().as_str()),
        ("a.ron", "a")
    );
    desk.letter().reviewers[0]
        .certifications
        .push("Sandplay Medicine".into());
    let jobs = desk.run(Command::Save);
    answer_save(&mut desk, &jobs, Ok(()));
    assert!(desk.settings.typed.is_empty(), "{:?}", desk.settings.typed);
    let known = vec![KnownDraft::sealed(Path::new("/cases/a.ron"))];
    desk.receive(Event::Found { known });
    assert!(desk.is_known_sealed(Path::new("/cases/a.ron")));
}

#[test]
fn that_what_is_exported_is_plain_is_said_once() {
    let (mut desk, _) = sealed_desk();
    desk.compose_now();
    desk.run(Command::Print);
    assert_eq!(desk.labels(), ["Continue", "Cancel"]);
    assert_eq!(job_names(&desk.answer("Continue")), ["print"]);
    assert_eq!(job_names(&desk.run(Command::Export)), ["ask path"]);
}

#[test]
fn a_passphrase_that_was_taken_back_is_not_made_use_of() {
    let mut desk = desk_with_file("/cases/a.ron", sample());
    desk.run(Command::Encrypt);
    let first = desk.run(Command::GivePassphrase(passphrase()));
    desk.run(Command::Cancel);
    desk.run(Command::Encrypt);
    let second =
        desk.run(Command::GivePassphrase(Passphrase::new("another of four words")));
    assert_eq!(job_names(&answer_make(&mut desk, &first, &seal())), Vec::<&str>::new());
    assert!(!desk.open_draft().is_sealed());
    assert_eq!(
        job_names(&answer_make(&mut desk, &second, &seal())),
        ["seal copies", "save"]
    );
}

#[test]
fn a_new_draft_is_asked_for_a_passphrase_however_it_is_saved_first() {
    for command in [Command::Save, Command::SaveAs] {
        let mut desk = empty_desk();
        desk.settings.encrypt_new = true;
        desk.run(Command::Begin("imr-2014".into()));
        desk.run(Command::Cancel);
        assert_eq!(job_names(&desk.run(command)), Vec::<&str>::new());
        assert_eq!(purpose(&desk), Some(&Purpose::First));
    }
}

#[test]
fn a_new_draft_can_be_encrypted_before_its_first_word() {
    let mut desk = empty_desk();
    desk.settings.encrypt_new = true;
    desk.run(Command::Begin("imr-2014".into()));
    assert_eq!(purpose(&desk), Some(&Purpose::Begin));
    let asked = desk.run(Command::GivePassphrase(passphrase()));
    let seal = seal();
    assert_eq!(job_names(&answer_make(&mut desk, &asked, &seal)), Vec::<&str>::new());
    assert!(!desk.is_unsaved() && purpose(&desk).is_none());
    desk.letter().summary.push_str("Words.");
    assert_eq!(desk.unsaved_copy().map(|copy| copy.lock), Some(Lock::Open(seal)));
    desk.compose_now();
    let ask = ask_of(&desk.run(Command::Save));
    // What stands there is not of this seal, and is not kept as a version beside it.
    let jobs =
        desk.receive(Event::PathChosen { ask, path: Some("/cases/new.ron".into()) });
    assert_eq!(job_names(&jobs), ["save"]);
}

#[test]
fn who_gives_no_passphrase_at_the_beginning_is_asked_at_the_first_save() {
    let mut desk = empty_desk();
    desk.settings.encrypt_new = true;
    desk.run(Command::Begin("imr-2014".into()));
    desk.run(Command::Cancel);
    desk.letter().summary.push_str("Words.");
    desk.run(Command::Save);
    let asked = desk.run(Command::GivePassphrase(passphrase()));
    let seal = seal();
    let jobs = answer_make(&mut desk, &asked, &seal);
    assert_eq!(job_names(&jobs), ["ask path"]);
    assert_eq!(desk.unsaved_copy().map(|copy| copy.lock), Some(Lock::Open(seal)));
}

#[test]
fn what_is_not_saved_is_encrypted_as_soon_as_the_draft_is() {
    let (desk, seal) = sealed_desk();
    let mut desk = desk;
    desk.letter().summary.push_str(" More.");
    assert_eq!(desk.unsaved_copy().map(|copy| copy.lock), Some(Lock::Open(seal)));
}
