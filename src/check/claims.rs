//! What one sentence says of a treatment, by a small grammar over the words of
//! `conclusions.ron`: a claim, and what turns it around or leaves it open.
//!
//! A claim is a word that grants or refuses ("necessary", "denied"), a denial that is kept
//! or reversed, criteria that are met, or records that support a request. Negations in its
//! clause turn it around, each once; a condition leaves a grant open and a refusal as it
//! is.

use std::ops::Range;

use super::clauses::clauses;
use super::negation::{lacking, turned};
use super::sense::Sense;
use super::text::last_piece;
use crate::diagnostic::TextRange;
use crate::library::{Conclusions, Lexicon};

/// What a sentence says of the treatment.
pub(super) struct Verdict {
    /// The words that say it.
    pub words: TextRange,
    pub sense: Sense,
    /// Whether no reader would take it otherwise.
    pub is_sure: bool,
}

/// How many of the last sentences can conclude in weak words: before them, "indicated"
/// and the like report.
const CLOSING: usize = 3;

/// The same of words that conclude by what they act on, such as "supports the request".
const LAST: usize = 2;

/// What a sentence claims; `place` counts from the rationale's end.
pub(super) fn claim(
    sentence: &str,
    place: usize,
    known: &Conclusions,
) -> Option<Verdict> {
    if known.aside.is_in(sentence) {
        return None;
    }
    if place < CLOSING
        && let Some(verdict) = alone(sentence, known)
    {
        return Some(verdict);
    }
    let clauses = clauses(sentence, known);
    for clause in clauses.iter().rev().filter(|clause| !clause.gives_reasons) {
        let reader = ClauseReader { sentence, clause: clause.range, known };
        if let Some(claim) = reader.claim(place) {
            return Some(claim);
        }
    }
    for clause in clauses.iter().rev().filter(|clause| clause.gives_reasons) {
        let reader = ClauseReader { sentence, clause: clause.range, known };
        if let Some(claim) = reader.strong() {
            return Some(claim);
        }
    }
    None
}

/// "Deny.", "Not certified.", "Determination: Overturn."
fn alone(sentence: &str, known: &Conclusions) -> Option<Verdict> {
    const FEW: usize = 3;
    let mut words = sentence.split_whitespace();
    let is_short = words.by_ref().take(FEW).count() > 0 && words.next().is_none();
    let term = last(&known.alone, sentence).filter(|_| is_short)?;
    let clause = TextRange { start: 0, end: sentence.len() };
    let reader = ClauseReader { sentence, clause, known };
    let word = &sentence[term.clone()];
    let refuses = known.refusing.is_in(word) || known.keeping.is_in(word);
    Some(Verdict { is_sure: false, ..reader.judged(term, refuses, false) })
}

struct ClauseReader<'a> {
    sentence: &'a str,
    clause: TextRange,
    known: &'a Conclusions,
}

pattern!(
    /// "The remaining visits are not."
    LEFT_OUT,
    r"\b(?:(?:is|are|was|were|does|do|did|has|have) not|\w+n't)\s*[.]?\s*$"
);

pattern!(
    /// "The first days were necessary; the others could have been provided elsewhere."
    ELSEWHERE,
    r"^;[^,;:]*\bcould have been (?:\w+ly )?(?:provided|given|delivered|treated|managed)\b"
);

pattern!(
    /// "Although the first was not needed, this one is."
    LEFT_IN,
    r"^\W*(?:(?:but|and) )?(?:this|the (?:present|current|remaining|new|latest|second))\b[^,;:]*",
    r"\b(?:is|are|was|were|does|do|did|has|have)\s*[.]?\s*$"
);

pattern!(
    /// "The request therefore fails."
    FAILS,
    r"^\W*(?:(?:therefore|thus|hence|accordingly|consequently|as such),? )?",
    r"(?:(?:the|this) (?:[\w-]+ ){1,4}?)?(?:fails|must fail)\s*[.]?\s*$"
);

pattern!(
    /// A clause without a subject of its own.
    GOES_ON,
    r"^\W*(?:and|but) (?:is|are|was|were|has|should|must|ought|can|cannot|will)\b"
);

pattern!(
    BEGINS_DENIAL,
    r"^\W*(?:therefore,? |thus,? )?(?:the|this) (?:[\w'\u{2019}-]+ ){0,2}(?:denial|refusal",
    r"|non-?certification|adverse (?:\w+ )?(?:decision|determination))\b"
);
pattern!(
    /// "The denial lacks …"
    OF_DENIAL,
    r"\b(?:denial|non-?certification|refusal|adverse (?:\w+ )?(?:decision|determination)) ?$"
);

pattern!(
    /// "The patient clearly requires this study."
    NEEDS,
    r"\b(?:patient|claimant|worker|applicant|employee|member|enrollee|he|she)",
    r"(?P<not> (?:does|did)(?:n't| not))?(?: [a-z]+ly)? (?:requires?|needs?)\b"
);

/// Treatments as a rationale calls them without an article.
macro_rules! kind {
    () => {
        concat!(
            r"(?:imaging|surgery|therapy|treatment|acupuncture|bracing|injections?|testing",
            r"|mri|ct|emg|hospitalization|monitoring|rehabilitation|chiropractic care)"
        )
    };
}

pattern!(
    /// "Imaging is needed."
    OF_A_KIND,
    r"(?:^|,)\W*(?:(?:therefore|thus|hence|accordingly|consequently),? )?(?:(?:physical|further",
    r"|repeat|advanced|additional|massage|aquatic|occupational|genetic|surgical|continued",
    r"|electrodiagnostic|diagnostic|psychological|drug|behavioral|speech|inpatient",
    r"|radiation) ){0,2}",
    kind!(),
    r" (?:is|are|was|were)(?: (?:not|clearly|now|still|thus|therefore))* $"
);
pattern!(
    /// "This stay should be covered": whatever it is, nothing else is authorized so.
    FORMAL,
    r"^\W*(?:(?:therefore|thus|hence|accordingly|consequently),? )?(?:the|this|these|all|both)",
    r" (?:[\w-]+ ){1,6}?(?:(?:should|must|can|cannot|could|will|shall|won't|shouldn't|can't",
    r"|couldn't)(?: not)?(?: therefore| thus)? be|is|are|isn't|aren't)",
    r"(?: not)?(?: therefore| thus| hereby| now)? $"
);

fn is_formal_word(word: &str) -> bool {
    ["approved", "authorized", "certified", "covered", "granted", "denied", "refused"]
        .contains(&word.to_lowercase().as_str())
}

pattern!(
    /// "The guideline supports imaging."
    ON_A_KIND,
    r"^ (?:for )?(?:an? )?(?:(?:the use of|second|physical|further|repeat|advanced|additional",
    r"|surgical) ){0,2}",
    kind!(),
    r"(?: (?:here|now|at this (?:time|stage)|in this (?:case|situation|setting)",
    r"|for (?:this|the) \w+))?\s*[.]?\s*$"
);
pattern!(
    /// "There is no doubt about the medical necessity."
    CERTAIN,
    r"\b(?:about|of|as to|regarding|that) (?:the |its )?(?:medical )?(?:necessity|need)\b"
);

pattern!(
    OF_A_DENIAL,
    r"^medically (?:reasonable|appropriate|justified|supported|warranted|indicated)$"
);
pattern!(
    TO_DENY,
    r"^ (?:to|in) (?:deny|refuse|withhold|uphold|denying|refusing|withholding)\b"
);
pattern!(
    /// "There appears to be medical necessity for the request."
    THERE_IS,
    r"\bthere (?P<not>(?:does|do|did)(?: not|n't) )?(?:is|was|exists|appears? to be|seems? to be)",
    r"(?: an?)?(?: clear| strong| sufficient| good| clinical)* (?:medical necessity",
    r"|(?:(?:medical |clinical )?(?:need|indication|justification|reason|basis)",
    r" for (?:the|this|these|such)))\b"
);

pattern!(COMPARES, r"^\s*(?:that|those) of\b");
pattern!(HEDGED, r"\b(?:would be|can be|could be|appears?|seems?)\b");

impl<'a> ClauseReader<'a> {
    fn text(&self) -> &'a str {
        &self.sentence[self.clause]
    }

    fn claim(&self, place: usize) -> Option<Verdict> {
        let claim = self.of_the_denial().or_else(|| self.strong());
        if claim.is_some() || place >= CLOSING {
            return claim;
        }
        let claim = self
            .left_out()
            .or_else(|| self.failing())
            .or_else(|| self.weak(place == 0));
        if claim.is_some() || place >= LAST {
            return claim;
        }
        self.of_criteria()
            .or_else(|| self.acting(place == 0))
            .or_else(|| self.of_need())
            .or_else(|| self.of_grounds())
    }

    /// "The denial should be overturned", "I agree with the adverse determination".
    fn of_the_denial(&self) -> Option<Verdict> {
        let text = self.text();
        let keeps = last(&self.known.keeping, text);
        let reverses = last(&self.known.reversing, text);
        let verb = match (&keeps, &reverses) {
            (Some(keeps), Some(reverses)) if keeps.end > reverses.end => keeps,
            (_, Some(reverses)) => reverses,
            (Some(keeps), None) => keeps,
            (None, None) => return None,
        };
        // "The denial does not hold up and is reversed."
        let is_of_denial =
            GOES_ON.is_match(text) && BEGINS_DENIAL.is_match(self.sentence);
        let is_decision = is_of_denial
            || self.known.denials.is_in(text)
            || self.known.deciders.is_in(text);
        let says_itself = text[verb.clone()].to_lowercase().contains("den")
            || TO_DENY.is_match(&text[verb.end..]);
        // "Agree with the health plan", and not "the health plan's request is correct".
        let is_near = is_of_denial || is_near(text, verb, self.known);
        if !(says_itself || is_decision && is_near) {
            return None;
        }
        let is_reversed = Some(verb) == reverses.as_ref();
        Some(self.judged(verb.clone(), !is_reversed, true))
    }

    /// Words that conclude wherever they stand.
    fn strong(&self) -> Option<Verdict> {
        let term = last(&self.known.strong, self.text())?;
        let text = self.text();
        // "The denial was medically reasonable", and not "the denial of what is necessary".
        let of_denial = self.known.denials.is_in(&text[..term.start])
            && OF_A_DENIAL.is_match(&text[term.clone()]);
        let refuses = self.known.refusing.is_in(&text[term.clone()]) != of_denial;
        Some(self.judged(term, refuses, true))
    }

    /// "Four visits are medically necessary; the rest are not", "… ; this one is."
    fn left_out(&self) -> Option<Verdict> {
        let text = self.text();
        let (found, sense) = match LEFT_OUT.find(text).or_else(|| ELSEWHERE.find(text)) {
            Some(found) => (found, Sense::NotNeeded),
            None if self.clause.start > 0 => (LEFT_IN.find(text)?, Sense::Needed),
            None => return None,
        };
        let words = TextRange::from(found.range()) + self.clause.start;
        Some(Verdict { words, sense, is_sure: false })
    }

    /// "The request therefore fails."
    fn failing(&self) -> Option<Verdict> {
        let found = FAILS.find(self.text())?;
        if !self.known.openers.is_in(self.sentence) || self.is_conditional() {
            return None;
        }
        Some(self.judged(found.range(), true, false))
    }

    /// "The patient clearly requires this study."
    fn of_need(&self) -> Option<Verdict> {
        let text = self.text();
        let found = NEEDS.captures(text)?;
        let verb = found.get(0)?.range();
        let acts_on = self.acts_on_the_request(&text[verb.end..]);
        let claim = self.judged(verb, found.name("not").is_some(), false);
        acts_on.then_some(claim)
    }

    /// Whether what a verb acts on is the request, or what asks for it.
    fn acts_on_the_request(&self, after: &str) -> bool {
        begins_soon(&self.known.objects, after)
            || begins_soon(&self.known.subjects, after)
    }

    /// Words such as "indicated", which conclude where a sentence speaks of the request
    /// and not of what others recommend.
    fn weak(&self, is_last: bool) -> Option<Verdict> {
        let (text, known) = (self.text(), self.known);
        let term = last(&known.weak, text)?;
        let is_of_kind = is_last
            && (OF_A_KIND.is_match(&text[..term.start])
                || FORMAL.is_match(&text[..term.start])
                    && is_formal_word(&text[term.clone()]));
        let is_required = text[term.clone()].eq_ignore_ascii_case("required");
        // "Documentation is required for the request" asks for something else.
        let is_of_subject = is_of_kind || self.is_of_a_subject();
        let is_of_other = is_required && !is_of_subject;
        // "The patient is advised to speak with the physician" closes many letters.
        let is_of_other = is_of_other
            || text[term.end..].starts_with(" to speak")
            || text[term.end..].starts_with(" to consult");
        if known.authorities.is_in(&text[..term.start]) || is_of_other {
            return None;
        }
        let is_denial = known.denials.is_in(text);
        let is_formal = known.openers.is_in(self.sentence);
        let is_candidate = text[term.clone()].to_lowercase().starts_with("candidate");
        if !is_formal && !is_denial && !is_candidate && !is_of_subject {
            return None;
        }
        let mut refuses = known.refusing.is_in(&text[term.clone()]);
        // "Approval cannot be given."
        let is_noun = ["certification", "approval", "authorization"]
            .contains(&text[term.clone()].to_lowercase().as_str());
        refuses ^= is_noun && known.negations.is_in(&text[term.end..]);
        // "It would be unreasonable to deny the request."
        refuses ^= TO_DENY.is_match(&text[term.end..]);
        // "Is supported neither by the guideline nor by the records."
        refuses ^= text[term.end..].trim_start().starts_with("neither");
        Some(self.judged(term, refuses != is_denial, is_formal && !is_denial))
    }

    /// Whether the clause speaks of what is asked for, and not of a part of it: "the
    /// medication is …", not "tapering of the medication is …".
    fn is_of_a_subject(&self) -> bool {
        // "The study adds nothing and is not necessary": the second verb's subject is the
        // first one's.
        let goes_on = GOES_ON.is_match(self.text());
        let start = if goes_on { 0 } else { self.clause.start };
        let text = &self.sentence[start..self.clause.end];
        let Some((subject, _)) = self.known.subjects.find(text).next() else {
            return false;
        };
        let before = text[..subject.start].trim_end().to_lowercase();
        !["of", "for", "from", "with", "to", "in", "before", "after"]
            .contains(&last_piece(&before, char::is_whitespace))
    }

    /// "The criteria have not been met."
    fn of_criteria(&self) -> Option<Verdict> {
        let term = last(&self.known.met, self.text())?;
        if !self.known.criteria.is_in(&self.text()[..term.start]) {
            return None;
        }
        let refuses = self.known.refusing.is_in(&self.text()[term.clone()]);
        Some(self.judged(term, refuses, false))
    }

    /// "The records do not support the request", "recommend non-certification".
    fn acting(&self, is_last: bool) -> Option<Verdict> {
        let (text, known) = (self.text(), self.known);
        let verb = last(&known.acting, text)?;
        let (before, after) = (&text[..verb.start], &text[verb.end..]);
        let is_denial = known.denials.is_in(after);
        // "Lacks support": what is lacking is no verb.
        let is_lacking =
            lacking(text, known).iter().any(|lacking| lacking.end == verb.end);
        // "The cost would exceed that of the device" compares.
        let compares = COMPARES.is_match(after);
        let acts_on_kind = is_last && !compares && ON_A_KIND.is_match(after);
        let acts_on = acts_on_kind
            || begins_soon(&known.objects, after)
            || !compares && begins_soon(&known.subjects, after);
        if is_lacking || !is_denial && !acts_on {
            return None;
        }
        let refuses = known.acting_against.is_in(&text[verb.clone()]) != is_denial;
        let claim = self.judged(verb, refuses, false);
        // "The guideline supports the requested therapy where …" reports.
        let reports = known.authorities.is_in(before)
            && claim.sense != Sense::NotNeeded
            && !acts_on_kind;
        (!reports).then_some(claim)
    }

    /// "The request lacks medical necessity", "there is no basis for the request".
    fn of_grounds(&self) -> Option<Verdict> {
        let (text, known) = (self.text(), self.known);
        if let Some(found) = THERE_IS.captures(text) {
            let words = TextRange::from(found.get(0)?.range()) + self.clause.start;
            let is_denied = found.name("not").is_some();
            let sense = if is_denied { Sense::NotNeeded } else { Sense::Needed };
            return Some(Verdict { words, sense, is_sure: false });
        }
        if let Some((doubt, _)) = known.certain.find(text).next()
            && CERTAIN
                .find(&text[doubt.end..])
                .is_some_and(|found| found.start() <= 1)
        {
            return Some(self.judged(doubt, false, false));
        }
        let lacking = lacking(text, known).pop()?;
        let words = &text[lacking.clone()];
        let is_of_request = known.openers.is_in(&text[..lacking.start])
            || known.subjects.is_in(&text[..lacking.start])
            || begins_soon(&known.openers, &text[lacking.end..])
            || ON_A_KIND.is_match(&text[lacking.end..])
            || begins_soon(&known.subjects, &text[lacking.end..]);
        let says_necessity = words.to_lowercase().ends_with("necessity");
        let after = &text[lacking.end..];
        let is_denial = known.denials.is_in(after)
            || TO_DENY.is_match(after)
            || OF_DENIAL.is_match(&text[..lacking.start]);
        if !is_of_request && !says_necessity && !is_denial {
            return None;
        }
        // "Does not lack medical necessity."
        let turned = turned(&text[..lacking.start], known)?;
        let is_granted = is_denial != (turned.times % 2 == 1);
        let words = TextRange::from(lacking) + self.clause.start;
        let sense = if is_granted { Sense::Needed } else { Sense::NotNeeded };
        Some(Verdict { words, sense, is_sure: false })
    }

    /// The claim that a word makes, with what stands around it.
    fn judged(&self, term: Range<usize>, refuses: bool, is_sure: bool) -> Verdict {
        let (before, after) = (&self.text()[..term.start], &self.text()[term.end..]);
        let words = TextRange::from(term) + self.clause.start;
        let Some(turned) = turned(before, self.known) else {
            return Verdict { words, sense: Sense::Open, is_sure: false };
        };
        let is_refused = refuses != (turned.times % 2 == 1);
        let doubts = &self.known.doubts;
        let is_doubted = turned.times == 0
            && !self.known.certain.is_in(before)
            && (doubts.is_in(before) || doubts.is_in(after) || self.is_conditional());
        let is_hedged = HEDGED.is_match(before);
        let sense = match is_refused {
            true => Sense::NotNeeded,
            false if is_doubted => Sense::Open,
            false => Sense::Needed,
        };
        let is_plain = turned.is_plain && !(refuses && turned.times > 0);
        let is_sure = is_sure && is_plain && (is_refused || !is_hedged);
        Verdict { words, sense, is_sure }
    }

    /// "Should therapy fail, the request is …", and a condition in another clause.
    fn is_conditional(&self) -> bool {
        let small = self.sentence.trim_start().to_lowercase();
        ["should ", "if ", "unless ", "until ", "once "]
            .iter()
            .any(|word| small.starts_with(word))
    }
}

/// The last words of a lexicon that a text has.
fn last(lexicon: &Lexicon, text: &str) -> Option<Range<usize>> {
    let (range, _) = lexicon.find(text).last()?;
    Some(range)
}

/// Whether a word of a lexicon stands among the first few.
fn begins_soon(lexicon: &Lexicon, text: &str) -> bool {
    const FEW: usize = 4;
    let Some((found, _)) = lexicon.find(text).next() else { return false };
    text[..found.start].split_whitespace().count() <= FEW
}

/// Whether a decision stands near the verb that keeps or reverses it.
fn is_near(text: &str, verb: &Range<usize>, known: &Conclusions) -> bool {
    const NEAR: usize = 60;
    [&known.denials, &known.deciders].iter().any(|nouns| {
        nouns.find(text).any(|(noun, _)| {
            noun.start.saturating_sub(verb.end) <= NEAR
                && verb.start.saturating_sub(noun.end) <= NEAR
        })
    })
}
