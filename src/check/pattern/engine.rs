//! What searches a text for a pattern: a lazy automaton that finds where matches end, and
//! what finds the rest, which is made for the first match that there is.

use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use regex_automata::hybrid::dfa::{self, DFA};
use regex_automata::nfa::thompson::pikevm::{self, PikeVM};
use regex_automata::nfa::thompson::{Compiler, NFA, WhichCaptures};
use regex_automata::util::captures::Captures;
use regex_automata::util::iter::Searcher;
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, Match, MatchKind, PatternID};
use regex_syntax::hir::Hir;

pub(super) struct Engine {
    read: Hir,
    nfa: NFA,
    /// Finds where a match ends.
    forward: Automaton,
    /// Finds from there where it begins.
    backward: OnceLock<Automaton>,
    /// Finds the groups within.
    groups: OnceLock<(PikeVM, Caches<pikevm::Cache>)>,
}

type Caches<T> = Pool<T, Box<dyn Fn() -> T + Send + Sync>>;

struct Automaton {
    dfa: DFA,
    caches: Caches<dfa::Cache>,
}

impl Engine {
    pub(super) fn new(read: Hir) -> Self {
        let nfa = nfa(&read, Direction::Forward);
        let forward = Automaton::new(nfa.clone(), DFA::config());
        Self { read, nfa, forward, backward: OnceLock::new(), groups: OnceLock::new() }
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.end(&Input::new(text).earliest(true)).is_some()
    }

    pub(super) fn find_iter(&self, text: &str) -> impl Iterator<Item = Match> {
        Searcher::new(Input::new(text))
            .into_matches_iter(|input| Ok(self.find(input)))
            .infallible()
    }

    pub(super) fn captures_iter(&self, text: &str) -> impl Iterator<Item = Captures> {
        self.find_iter(text).map(move |found| self.captures(text, &found))
    }

    /// The number of a group by its name.
    pub(super) fn group(&self, name: &str) -> Option<usize> {
        self.nfa.group_info().to_index(PatternID::ZERO, name)
    }

    fn find(&self, input: &Input<'_>) -> Option<Match> {
        let end = self.end(input)?;
        let backward = self.backward.get_or_init(|| {
            let nfa = nfa(&self.read, Direction::Backward);
            Automaton::new(nfa, DFA::config().match_kind(MatchKind::All))
        });
        let input = input.clone().range(input.start()..end).anchored(Anchored::Yes);
        let start = backward.with(|dfa, cache| dfa.try_search_rev(cache, &input));
        let start = start.ok().flatten()?;
        Some(Match::new(PatternID::ZERO, start.offset()..end))
    }

    /// Nothing makes these automata give up: they look at no boundaries of all languages,
    /// and their caches may be emptied as often as they fill.
    fn end(&self, input: &Input<'_>) -> Option<usize> {
        let end = self.forward.with(|dfa, cache| dfa.try_search_fwd(cache, input));
        Some(end.ok().flatten()?.offset())
    }

    #[expect(clippy::expect_used, reason = "it was read, and is not large")]
    fn captures(&self, text: &str, found: &Match) -> Captures {
        let (groups, caches) = self.groups.get_or_init(|| {
            let groups = PikeVM::new_from_nfa(self.nfa.clone());
            let groups = groups.expect("it has groups");
            let made = groups.clone();
            (groups, Pool::new(Box::new(move || made.create_cache())))
        });
        let input = Input::new(text).range(found.range()).anchored(Anchored::Yes);
        let mut captures = groups.create_captures();
        groups.captures(&mut caches.get(), input, &mut captures);
        captures
    }
}

impl Automaton {
    #[expect(clippy::expect_used, reason = "it was read, and is not large")]
    fn new(nfa: NFA, config: dfa::Config) -> Self {
        let builder = DFA::builder().configure(config).build_from_nfa(nfa);
        let dfa = builder.expect("it is not large");
        let made = dfa.clone();
        Self { dfa, caches: Pool::new(Box::new(move || made.create_cache())) }
    }

    fn with<R>(&self, search: impl FnOnce(&DFA, &mut dfa::Cache) -> R) -> R {
        search(&self.dfa, &mut self.caches.get())
    }
}

/// One for all: it begins by filling a third of a megabyte.
static COMPILER: LazyLock<Mutex<Compiler>> =
    LazyLock::new(|| Mutex::new(NFA::compiler()));

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

#[expect(clippy::expect_used, reason = "it was read, and is not large")]
fn nfa(pattern: &Hir, direction: Direction) -> NFA {
    let config = match direction {
        Direction::Forward => NFA::config().which_captures(WhichCaptures::All),
        Direction::Backward => NFA::config().which_captures(WhichCaptures::None),
    };
    let mut compiler = COMPILER.lock().unwrap_or_else(PoisonError::into_inner);
    compiler.configure(config.reverse(direction == Direction::Backward));
    compiler.build_from_hir(pattern).expect("it is not large")
}
