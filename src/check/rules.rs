//! The table of rules: what each is called, how much it weighs, and what it is for.

use super::{
    Finding, Input, chapters, characters, citations, completeness, conclusions,
    confusables, dates, decisions, language, names, person, placeholders, privacy,
    prose_dates, rationales, reviewers, specialties, spelling, terms, titles,
};
use crate::diagnostic::Severity;
use crate::template::Family;

/// One thing that is looked at in every letter.
pub struct Rule {
    /// Such as `L001`; never given to another rule.
    pub id: &'static str,
    /// Its short name, such as `missing`.
    pub name: &'static str,
    pub severity: Severity,
    pub family: Family,
    /// What a letter that keeps the rule is like, in a sentence.
    pub summary: &'static str,
    /// Why the rule is there, what it looks at, and what it leaves alone.
    pub help: &'static str,
    /// Who may set a finding aside.
    pub overriding: Overriding,
    /// Which copies an error keeps from being issued; it is a warning for the others.
    pub blocks: Blocks,
    pub(super) find: Find,
}

pub(super) type Find = fn(&Input<'_>) -> Vec<Finding>;

/// Whether a rule's findings can be overridden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overriding {
    Never,
    /// An error for a written reason, a warning or a note also without.
    Allowed,
}

/// The copies that a rule's errors keep from being issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    Every,
    Public,
}

impl Rule {
    const fn error(
        id: &'static str,
        name: &'static str,
        family: Family,
        find: Find,
        summary: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            id,
            name,
            severity: Severity::Error,
            family,
            summary,
            help,
            overriding: Overriding::Allowed,
            blocks: Blocks::Every,
            find,
        }
    }

    const fn warning(
        id: &'static str,
        name: &'static str,
        family: Family,
        find: Find,
        summary: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(id, name, family, find, summary, help)
        }
    }

    const fn note(
        id: &'static str,
        name: &'static str,
        family: Family,
        find: Find,
        summary: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(id, name, family, find, summary, help)
        }
    }

    /// Its findings can never be overridden.
    const fn firm(self) -> Self {
        Self { overriding: Overriding::Never, ..self }
    }

    /// Its errors keep the public copy alone from being issued.
    const fn public(self) -> Self {
        Self { blocks: Blocks::Public, ..self }
    }
}

/// Every rule, by its number.
#[rustfmt::skip] // A rule is two lines, however long.
pub const RULES: &[Rule] = &[
    Rule::error("L001", "missing", Family::Completeness, completeness::missing, "Every field and row that the letter kind requires is filled in",
        "A letter that lacks one of these is sent back. Which fields are required is said in the head of the letter kind.").firm(),
    Rule::error("L002", "case-number", Family::Completeness, completeness::case_number, "The case number has the letter kind's form",
        "The number joins the letter to its case. Letters, digits and length are compared with the form in the head of the letter kind.").firm(),
    Rule::error("L003", "qualifications", Family::Completeness, completeness::qualifications, "Every reviewer has confirmed every statement, and has a certification and a licence",
        "The law asks that a reviewer has no affiliation with the parties, has practised for five years and practises still (Labor Code 139.5(d)). Only the reviewer can say so.").firm(),
    Rule::error("L004", "documents", Family::Completeness, completeness::documents, "More was read than the utilization review determination",
        "The law forbids deciding on the utilization review determination alone. The records that were read must be listed.").firm(),
    Rule::warning("L005", "vague-document", Family::Completeness, completeness::vague_documents, "Every document is listed with its author and its date",
        "Parties ask whether their report was read. Applications, utilization review determinations, letters and guidelines need no author; a range of more than twelve months in one entry is noted."),
    Rule::warning("L006", "nothing-cited", Family::Completeness, rationales::nothing_cited, "Only what goes with a surgery is decided without a guideline",
        "A decision names what it rests on. Items that go with another one, associated surgical services and the usual rationale of a dependant are left alone."),
    Rule::warning("L007", "short-rationale", Family::Completeness, rationales::short, "A rationale is long enough to give a reason",
        "Fewer than 40 words hardly say what the records show, what the guideline asks for, and what follows. The usual rationale of a dependant is left alone."),
    Rule::error("L008", "placeholder", Family::Completeness, placeholders::left_over, "No placeholder is left over; words in brackets are warned of",
        "Looks for {{ }}, XX, TBD, ___, <...>, [insert ...] and Lorem ipsum. Numbers in brackets, [sic], and drug tags such as [otc] are left alone."),
    Rule::error("L009", "characters", Family::Characters, characters::unprintable, "Every character can be printed, and none is hidden",
        "A character that the letter's typefaces lack would be printed as an empty box; hidden and direction-changing characters make a text say something other than it seems to. The plain equivalent is named where it is known.").firm(),
    Rule::error("L010", "contradiction", Family::Decisions, conclusions::contradicted, "Every decision follows from what its rationale concludes",
        "A letter that decides one thing and reasons for the other is appealed at once. The last sentence that says whether the treatment is necessary is compared with the decision, in whichever of many words; conditions, quotations and decisions in part are left alone. A rationale without a conclusion is noted."),
    Rule::error("L011", "other-subject", Family::Decisions, conclusions::other_subject, "The conclusion names the side and the part of the body that the title names",
        "A conclusion on the other side or on another part of the body was often copied from another item. What the concluding sentence says of its reasons, and conclusions that name no side or part, are left alone."),
    Rule::note("L012", "off-subject", Family::Decisions, rationales::off_subject, "A rationale names what its title asks for",
        "Looks for any word of the title, and for other names of its treatment and its part of the body. It is a warning where the rationale names what another item asks for."),
    Rule::error("L013", "dependant", Family::Decisions, decisions::dependant_text, "The rationale that says the surgery is not necessary stands only where such a surgery was refused",
        "An item that goes with a surgery is refused because the surgery is: so the surgery must be in the letter, be a surgery, and be refused."),
    Rule::warning("L014", "twice", Family::Decisions, rationales::twice, "No item is in the letter twice, and each has reasons of its own",
        "Compares titles, and rationales of more than 30 words, without punctuation. It is a note where both items are the same treatment with the same decision, which can have the same reasons."),
    Rule::error("L015", "majority", Family::Decisions, reviewers::majority, "An item is decided as most reviewers did, and where they are evenly split for the treatment",
        "The majority of the reviewers decides; an even split is for the treatment (Labor Code 4610.6(e))."),
    Rule::error("L016", "outcome", Family::Decisions, rationales::outcome_told, "What a text says of the letter's outcome is what its items come to",
        "The cover's own sentence follows from the decisions; this looks at \"Final Determination: UPHOLD\" and \"none of the disputed items are medically necessary\" in what was typed."),
    Rule::warning("L017", "first-person", Family::Decisions, rationales::first_person, "A letter does not speak as \"I\"",
        "The reviewer is anonymous, and the determination is the organization's. Quotations and numerals such as grade I are left alone."),
    Rule::warning("L018", "not-missing", Family::Decisions, rationales::in_the_summary_after_all, "What a rationale finds missing is not told in the summary",
        "Decisions were sent back because the record held what they called missing. Looks at \"no documentation of\" right before physical therapy, radiculopathy and the like, and at what the summary says was done or found; anything more particular is left alone."),
    Rule::error("L020", "other-chapter", Family::Guidelines, chapters::other_part, "A chapter on a part of the body treats of the item's",
        "A knee decided under the low back's chapter is decided on the wrong criteria. The part of the body comes from the title, then from the form, then from the summary; chapters that treat of no part fit all. It is a warning for what the claims administrator cited, which is transcribed, and where a chapter that fits is cited beside it."),
    Rule::error("L021", "chapter-number", Family::Guidelines, chapters::other_number, "The number of an ACOEM chapter is its name's",
        "Compares number and name with the chapters of ACOEM's second edition: 12 is Low Back Complaints. What the claims administrator cited is left alone."),
    Rule::warning("L022", "edition", Family::Guidelines, chapters::not_in_force, "Every edition that is cited was in force between the denial and the decision",
        "The schedule was renewed in July 2016 and in December 2017, and older editions bind nobody after that. Editions that are newer than the tables here are left alone."),
    Rule::warning("L023", "imprecise", Family::Guidelines, chapters::not_precise, "A chapter is cited with its year and its sections' names",
        "The rules of 2015 ask for both (8 CCR 9792.21.1(d)). Chapters that have no sections, and letters before 2015, are left alone."),
    Rule::warning("L024", "undated", Family::Guidelines, citations::not_dated, "Works outside of the MTUS are cited with their year, and are reviewed ones",
        "The rules ask for the year of publication (8 CCR 9792.21.1(d)). The Official Disability Guidelines are noted once a letter, because nearly all letters leave it out; pages on which anybody can write are warned of."),
    Rule::warning("L025", "other-odg-chapter", Family::Guidelines, citations::other_part, "An ODG or ACOEM chapter that is named in free words treats of the item's part of the body",
        "Looks at the works on the reviewer's line and at \"ODG, Shoulder Chapter\" in the rationale. Chapters that treat of no part, articles, and items whose part nobody states are left alone."),
    Rule::note("L026", "outside", Family::Guidelines, citations::outside_without_reason, "Who decides outside of the MTUS says why",
        "Other guidelines count where the MTUS is silent or its presumption is rebutted (8 CCR 9792.21). Any sentence that says so of the MTUS or of ACOEM is enough."),
    Rule::note("L027", "not-on-the-line", Family::Guidelines, citations::not_on_the_line, "The rationale and the guideline line name the same guidelines",
        "A reader looks for what a decision rests on in its guideline line. Told where the rationale names the Official Disability Guidelines and the line does not, or where the line cites them alone and the rationale speaks of the MTUS or ACOEM alone; a rationale may name guidelines in passing, so it is a note."),
    Rule::warning("L028", "unequal", Family::Guidelines, chapters::unequal, "What is asked for twice is decided under the same chapters",
        "Two items whose titles differ in nothing but the side rest on the same recommendations. Chapters on another part of the body are told of by L020."),
    Rule::note("L029", "long-quotation", Family::Guidelines, citations::long_quotation, "Guidelines are told in plain words and not quoted at length",
        "The law asks for layperson's terms (Labor Code 4610.6(d)). Counts the words between quotation marks of titles and rationales."),
    Rule::error("L030", "dates", Family::Dates, dates::plausible, "Dates follow each other as the events do, and none is before 1950 or in the future",
        "Injury, utilization review, application, assignment and decision follow each other. Dates that are written in the summary and the rationales are not after the decision either."),
    Rule::error("L031", "injury-date", Family::Dates, prose_dates::injury, "The injury has the date of the header wherever the text dates it",
        "A wrong day puts the whole history in doubt. Looks at dates behind \"date of injury\", \"industrial injury on\", \"occupational claim from\" and the like, in any way of writing dates. Prior and other injuries are left alone, and where one date agrees, only \"date of injury\" itself is still compared, as a warning."),
    Rule::warning("L032", "review-date", Family::Dates, prose_dates::utilization_review, "The utilization review has the date of the header wherever the text dates it",
        "The determination answers one utilization review, and its date says which. Looks at dates that are said to be the review's, such as \"utilization review dated\". A case with several reviews is left alone where one of them agrees."),
    Rule::warning("L033", "deadline", Family::Dates, dates::late, "The letter is decided by the letter kind's deadline",
        "The clock and its length are said in the head of the letter kind. Days are counted as the law counts them; holidays are not known here."),
    Rule::warning("L034", "before-injury", Family::Dates, prose_dates::before_the_injury, "Pain and records do not reach back behind the injury",
        "A symptom that is older than the injury, or a note from before it, is a slip of the pen or another injury. Looks at sentences that speak of neither history, prior treatment nor guidelines."),
    Rule::error("L035", "parts", Family::Titles, titles::sums, "What was authorized and what remains make up what was requested",
        "The remaining part is what the letter decides, so it must be right. Compares numbers of one unit (#, sessions, visits, refills, weeks) in figures and words; \"3 times a week for 4 weeks\" counts as 12 sessions. Ranges, and titles with several numbers of a unit, are left alone."),
    Rule::error("L036", "strength", Family::Titles, titles::strength, "The parts of a title have the strength of the request",
        "A remaining part of another strength is another drug. Compares mg, mcg and per cent in the parts of a partly authorized request; a part without a strength is left alone."),
    Rule::warning("L037", "amount", Family::Titles, titles::amounts, "The rationale decides on the amount of the title",
        "Looks at \"the request for 8 sessions\" and the like where the title carries a number of the same unit. Prior, initial and recommended amounts, quotations, and amounts of the letter's other items are left alone."),
    Rule::warning("L038", "title-form", Family::Titles, titles::form, "A title ends where its decision follows",
        "The title is printed with a colon and its decision behind it. Looks for colons at its end, for a decision within it, and for a written-out partial title without its \"is\"."),
    Rule::warning("L039", "date-of-service", Family::Titles, titles::date_of_service, "Treatment already given has its date of service",
        "A retrospective request is known by the day of its treatment. A date anywhere in the title is enough."),
    Rule::error("L040", "pronouns", Family::Person, person::pronouns, "He and she agree with the claimant's sex",
        "A \"she\" in the letter of a man is how a sentence from another letter shows. Where the sex was only concluded from the text, its nouns and then most of its pronouns count. Left alone are \"he/she\", quotations, and pronouns near physicians, relatives and other people."),
    Rule::error("L041", "age-and-sex", Family::Person, person::stated_twice, "Age and sex are the same wherever they are stated",
        "Looks at statements such as \"45-year-old male\" and \"the female patient\", in the summary and the rationales. One year more or less is a warning: a birthday can lie between two records. Quotations and ages of another time are left alone."),
    Rule::error("L042", "names", Family::Privacy, names::persons, "Nothing in the text leads to the claimant or a party",
        "Determinations are published without names. Looks in the summary, titles and rationales for birth dates, Social Security and telephone numbers, addresses, the names and the number of the case file, and names behind Mr., Ms. or Dr. or before a degree. Quotations, citations and eponyms are left alone.").public(),
    Rule::error("L043", "reviewer-name", Family::Privacy, names::reviewers, "Nothing that is printed leads to the reviewer",
        "Reviewers stay confidential (Labor Code 4610.6(f)). Looks everywhere for the name that is kept for your own records, licence numbers, and a typist's initials at the end of a text; no finished letter is saved under a file name that holds one of these. A letter kind that names its signer asks for the name in fields of its own, which are left alone."),
    Rule::warning("L044", "metadata", Family::Privacy, names::metadata, "What the finished file says of itself names nobody",
        "Of 194 letters that were looked at all carried the name of somebody on the staff in their properties. Files of this program have neither author nor creator; their title is that of the letter kind, and it must not name a reviewer, the claimant or a party."),
    Rule::warning("L045", "spelling", Family::Language, spelling::misspelt, "Every word is spelt as a word list has it",
        "Looks in titles, guideline lines, certifications, summary, rationales and opinions, with lists of English, medicine, drugs and what the trade says, and with your own words. Words with figures, short words in capitals, addresses of the web and whatever the case's parties are called are left alone."),
    Rule::warning("L046", "language", Family::Language, language::set, "No word stands twice in a row, and blanks, punctuation, brackets and quotation marks are as they should be",
        "Looks for doubled words, blanks and marks, a blank before a mark, brackets and quotation marks without partners, and a summary, rationale or opinion that ends without a full stop. A doubled \"had\" or \"that\", and two blanks behind a full stop, are only noted."),
    Rule::note("L047", "terms", Family::Language, terms::drift, "The claimant has one name throughout, and dates are written in one way",
        "A letter that says claimant, applicant and patient by turns reads as if it spoke of several people. Quotations are left alone."),
    Rule::note("L048", "abbreviations", Family::Language, terms::abbreviations, "Abbreviations are written out where they first stand",
        "The determination is read by people who are no physicians. Looks for the abbreviations of a list; those that are better known than their long form (MRI, TENS) are not on it."),
    Rule::warning("L049", "specialty", Family::Completeness, specialties::unlikely, "The reviewer has a specialty that treats what is asked for",
        "Decisions were set aside because the reviewer's specialty did not fit the condition. Looks at treatments that a list gives to certain specialties, such as surgery, injections, dental and psychological care; everything else fits any specialty."),
    Rule::error("L050", "public-copy", Family::Privacy, privacy::parties, "The public copy prints nothing of the case's parties and recipients",
        "The public copy is the letter without its cover. Whatever names a party or a recipient must stay out of it.").firm().public(),
    Rule::warning("L051", "altered", Family::Completeness, completeness::altered, "The fixed words of an imported letter are those of its kind",
        "A form that is copied from letter to letter changes by and by. The letter will have the kind's own words; both are told, with the line that they stood in."),
    Rule::warning("L052", "requested", Family::Completeness, titles::requested, "What the application asks for is decided, and nothing else",
        "Compares the treatments of the application, where they were filled in, with the items' titles by their words. Items that go with a surgery are left alone."),
    Rule::error("L060", "not-understood", Family::Dates, dates::not_understood, "Every date is a date and every number a number",
        "What was typed is kept as it is, and cannot be compared or counted until it is understood.").firm(),
    Rule::error("L061", "decision", Family::Decisions, decisions::unknown, "Every decision is one that the letter kind has",
        "Letter kinds have their own words for what can be decided. After a change of the kind a decision can be left over.").firm(),
    Rule::error("L062", "goes-with", Family::Decisions, decisions::dependence, "No item is needed only with itself, or with one that is not in the letter",
        "The item that this one goes with must be another one of the same letter, and none may go with itself by way of others.").firm(),
    Rule::error("L063", "opinions", Family::Decisions, reviewers::opinions, "Where opinions are printed, every reviewer has one on every item",
        "A letter that prints what each reviewer found needs it from each of them.").firm(),
    Rule::error("L064", "reviewers", Family::Completeness, reviewers::count, "The letter has as many reviewers as its kind asks for",
        "The number is said in the head of the letter kind.").firm(),
    Rule::error("L065", "one-item", Family::Completeness, decisions::one_item, "A letter kind with one decision has one item",
        "Where the letter has one decision, two items would get one answer.").firm(),
    Rule::error("L066", "printed-gap", Family::Completeness, completeness::printed_gaps, "Nothing that the letter prints is empty",
        "The letter prints the field although it is not required: an empty one leaves a gap in a sentence.").firm(),
    Rule::warning("L067", "unread", Family::Completeness, completeness::unread, "Everything that an imported letter says has its place in the form",
        "What an import could not place stays with the draft, with its line, until somebody deals with it."),
    Rule::note("L068", "proposed", Family::Completeness, completeness::proposed, "What an import concluded from the text was looked at",
        "Sex, age and body parts are concluded from the text of an imported letter and are to be looked at once."),
    Rule::warning("L069", "confusable", Family::Language, confusables::meant_otherwise, "No word stands where the words around it ask for another that is much like it",
        "Words that are spelt well can be the wrong ones: discreet for discrete, form for from, palpitation for palpation. A table says which words around them decide; where none of those stands there, nothing is said."),
];
