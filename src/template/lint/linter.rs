//! A walk through minijinja's syntax tree that follows what each name stands for.

use std::collections::{BTreeSet, HashMap};

use minijinja::machinery::{Span, ast};

use super::super::context::DERIVED;
use super::super::filters::{FUNCTIONS, OWN_FILTERS, PLAIN_FILTERS, TESTS, WORD_FILTERS};
use super::meaning::{MOST_LAYERS, Meaning, UNKNOWN};
use super::names::{Nameable, as_written, begins, nearest};
use super::problem::Problem;
use crate::letter::grammar::article;

/// What reading a template's wording gives.
#[derive(Debug, Default)]
pub(in crate::template) struct Reading {
    /// The patterns of the fields that it names.
    pub used: BTreeSet<String>,
    pub problems: Vec<Problem>,
}

/// The number and the name of a problem.
type ProblemKind = (&'static str, &'static str);

const UNKNOWN_NAME: ProblemKind = ("T003", "unknown-name");
const UNKNOWN_FILTER: ProblemKind = ("T004", "unknown-filter");
const NOT_FOR_LETTERS: ProblemKind = ("T006", "not-for-letters");
const NOT_A_VALUE: ProblemKind = ("T012", "not-a-value");

pub(super) struct Linter<'a> {
    names: &'a Nameable<'a>,
    /// What names stand for, innermost last.
    scopes: Vec<HashMap<&'a str, Meaning>>,
    pub(super) reading: Reading,
}

impl<'a> Linter<'a> {
    pub(super) fn new(names: &'a Nameable<'a>) -> Self {
        Self { names, scopes: vec![HashMap::new()], reading: Reading::default() }
    }

    pub(super) fn statements(&mut self, statements: &[ast::Stmt<'a>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &ast::Stmt<'a>) {
        use ast::Stmt as S;
        match statement {
            S::Template(template) => self.statements(&template.children),
            S::EmitExpr(emit) => self.check_printed(&emit.expr),
            S::EmitRaw(_) => {}
            S::ForLoop(each) => self.for_loop(each),
            S::IfCond(condition) => {
                self.expression(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            S::WithBlock(with) => {
                let mut names = Vec::new();
                for (name, value) in &with.assignments {
                    names.push((name, self.expression(value)));
                }
                self.in_new_scope(names, &with.body);
            }
            S::Set(set) => {
                let meaning = self.expression(&set.expr);
                self.check_layers(&meaning, set.span());
                if sets_attribute(&set.target) {
                    self.check_held(&set.expr);
                }
                self.bind(&set.target, meaning);
            }
            S::SetBlock(set) => {
                self.bind(&set.target, Meaning::Words);
                if let Some(filter) = &set.filter {
                    self.expression(filter);
                }
                self.statements(&set.body);
            }
            S::FilterBlock(filter) => {
                self.expression(&filter.filter);
                self.statements(&filter.body);
            }
            S::Macro(defined) => self.macro_body(defined),
            S::CallBlock(call) => {
                _ = self.call(&call.call);
                self.statements(&call.macro_decl.body);
            }
            S::Do(done) => _ = self.call(&done.call),
            S::AutoEscape(block) => self.forbidden("autoescape", block.span()),
        }
    }

    /// What is printed must be a value: a list or a group of fields has no words of its
    /// own.
    fn check_printed(&mut self, expression: &ast::Expr<'a>) {
        let Meaning::Place(place) = self.expression(expression) else { return };
        if self.names.is_value(&place) {
            return;
        }
        let message =
            format!("{} holds several fields and cannot be printed", as_written(&place));
        let hint = "Name one of its fields, or go through its rows with for".to_owned();
        self.problem(NOT_A_VALUE, message, hint, expression.span());
    }

    fn for_loop(&mut self, each: &ast::ForLoop<'a>) {
        let row = self.expression(&each.iter).element();
        self.scopes.push(HashMap::from([("loop", UNKNOWN)]));
        self.bind(&each.target, row);
        if let Some(filter) = &each.filter_expr {
            self.expression(filter);
        }
        self.statements(&each.body);
        self.scopes.pop();
        self.statements(&each.else_body);
    }

    fn macro_body(&mut self, defined: &ast::Macro<'a>) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(defined.name, UNKNOWN);
        }
        self.words(&defined.defaults);
        let arguments = defined.args.iter().map(|argument| (argument, UNKNOWN)).collect();
        self.in_new_scope(arguments, &defined.body);
    }

    fn in_new_scope(
        &mut self,
        names: Vec<(&ast::Expr<'a>, Meaning)>,
        body: &[ast::Stmt<'a>],
    ) {
        self.scopes.push(HashMap::from([("caller", UNKNOWN)]));
        for (name, meaning) in names {
            self.bind(name, meaning);
        }
        self.statements(body);
        self.scopes.pop();
    }

    fn bind(&mut self, target: &ast::Expr<'a>, meaning: Meaning) {
        match target {
            ast::Expr::Var(name) => {
                if let Some(scope) = self.scopes.last_mut() {
                    scope.insert(name.id, meaning);
                }
            }
            ast::Expr::List(names) => self.bind_each(&names.items),
            ast::Expr::Tuple(names) => self.bind_each(&names.items),
            _ => {}
        }
    }

    fn bind_each(&mut self, targets: &[ast::Expr<'a>]) {
        for target in targets {
            self.bind(target, UNKNOWN);
        }
    }

    fn expression(&mut self, expression: &ast::Expr<'a>) -> Meaning {
        use ast::Expr as E;
        match expression {
            E::Var(name) => self.variable(name.id, name.span()),
            E::Const(_) => Meaning::Words,
            E::Slice(slice) => self.slice(slice),
            E::UnaryOp(op) => self.words([&op.expr]),
            E::BinOp(op) => self.operation(op),
            E::Compare(compare) => {
                self.expression(&compare.expr);
                self.words(compare.ops.iter().map(|op| &op.expr))
            }
            E::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                let other = match &choice.false_expr {
                    Some(other) => self.expression(other),
                    None => Meaning::Words,
                };
                self.expression(&choice.true_expr).or(&other)
            }
            E::Filter(filter) => self.filter(filter),
            E::Test(test) => {
                self.check_name(test.name, "test", &[TESTS], test.span());
                self.arguments(&test.args);
                self.words([&test.expr])
            }
            E::GetAttr(get) => match self.expression(&get.expr) {
                Meaning::Place(place) => {
                    self.place(format!("{place}.{}", get.name), get.span())
                }
                Meaning::Words => Meaning::Words,
                Meaning::Made(_) => UNKNOWN,
            },
            E::GetItem(get) => {
                self.expression(&get.subscript_expr);
                self.expression(&get.expr).element()
            }
            E::Call(call) => self.call(call),
            E::List(list) => self.check_elements(&list.items),
            E::Tuple(tuple) => self.check_elements(&tuple.items),
            E::Map(map) => self.check_elements(map.keys.iter().chain(&map.values)),
        }
    }

    /// Reads expressions of which words, a number, or a yes or no is made.
    fn words<'e>(
        &mut self,
        expressions: impl IntoIterator<Item = &'e ast::Expr<'a>>,
    ) -> Meaning
    where
        'a: 'e,
    {
        for expression in expressions {
            self.expression(expression);
        }
        Meaning::Words
    }

    fn slice(&mut self, slice: &ast::Slice<'a>) -> Meaning {
        let bounds = [&slice.start, &slice.stop, &slice.step];
        self.words(bounds.into_iter().flatten());
        match self.expression(&slice.expr) {
            Meaning::Made(layers) => Meaning::Made(layers + 1),
            place => place,
        }
    }

    fn operation(&mut self, op: &ast::BinOp<'a>) -> Meaning {
        use ast::BinOpKind as Kind;
        let (left, right) = (self.expression(&op.left), self.expression(&op.right));
        match op.op {
            Kind::ScAnd | Kind::ScOr => Meaning::Made(left.layers().max(right.layers())),
            // Of numbers a number, and of lists a list.
            Kind::Add | Kind::Mul
                if (&left, &right) != (&Meaning::Words, &Meaning::Words) =>
            {
                left.or(&right).wrapped()
            }
            _ => Meaning::Words,
        }
    }

    /// A list is made of words and fields. One that is made of the template's own lists
    /// could hold itself twice, and that again: comparing two such lists does not end.
    fn check_elements<'e>(
        &mut self,
        elements: impl IntoIterator<Item = &'e ast::Expr<'a>>,
    ) -> Meaning
    where
        'a: 'e,
    {
        let mut layers = 0;
        for element in elements {
            layers = layers.max(self.expression(element).layers());
            if self.holds_own_name(element) {
                let message =
                    "A list contains a name that the template itself has set".to_owned();
                let hint = "Put only fields and text in the list, and set the name to \
                    the whole list"
                    .to_owned();
                self.problem(NOT_FOR_LETTERS, message, hint, element.span());
            }
        }
        Meaning::Made(layers + 1)
    }

    /// What a namespace is given is words, fields, or lists of them. With its own lists
    /// it could hold itself, or one more layer in each turn of a loop.
    fn check_held(&mut self, value: &ast::Expr<'a>) {
        if !self.holds_own_name(value) || self.is_list_that_grows(value) {
            return;
        }
        let message =
            "A namespace contains a list or a namespace that the template itself has set";
        let hint = "Give it text, fields, or lists of them; add to its own list with +";
        self.problem(NOT_FOR_LETTERS, message.into(), hint.into(), value.span());
    }

    /// `ns.found + [item]`, or a number that is counted on: minijinja keeps such a list
    /// flat.
    fn is_list_that_grows(&self, value: &ast::Expr<'a>) -> bool {
        let ast::Expr::BinOp(op) = value else { return false };
        matches!(op.op, ast::BinOpKind::Add)
            && matches!(&op.left, ast::Expr::GetAttr(_))
            && !self.holds_own_name(&op.right)
    }

    fn check_layers(&mut self, meaning: &Meaning, span: Span) {
        if meaning.layers() > MOST_LAYERS {
            let message =
                format!("This value is built from more than {MOST_LAYERS} others");
            let hint = "Build it from fields and text".to_owned();
            self.problem(NOT_FOR_LETTERS, message, hint, span);
        }
    }

    /// Whether an expression can be a list or a namespace of the template's own.
    fn holds_own_name(&self, expression: &ast::Expr<'a>) -> bool {
        use ast::Expr as E;
        match expression {
            E::Var(name) => {
                name.id != "loop"
                    && self.bound(name.id).is_some_and(|meaning| meaning.layers() > 0)
            }
            E::Slice(slice) => self.holds_own_name(&slice.expr),
            E::BinOp(op) if gives_words(op.op) => false,
            E::BinOp(op) => {
                self.holds_own_name(&op.left) || self.holds_own_name(&op.right)
            }
            E::IfExpr(choice) => {
                self.holds_own_name(&choice.true_expr)
                    || choice.false_expr.iter().any(|other| self.holds_own_name(other))
            }
            E::Filter(filter) => self.filter_holds_own_name(filter),
            E::GetAttr(get) => self.holds_own_name(&get.expr),
            E::GetItem(get) => self.holds_own_name(&get.expr),
            // A macro gives words, and a comparison or test a yes or no.
            E::Const(_) | E::Compare(_) | E::Test(_) | E::Call(_) | E::UnaryOp(_) => {
                false
            }
            E::List(list) => list.items.iter().any(|item| self.holds_own_name(item)),
            E::Tuple(tuple) => tuple.items.iter().any(|item| self.holds_own_name(item)),
            E::Map(map) => map.values.iter().any(|value| self.holds_own_name(value)),
        }
    }

    fn filter_holds_own_name(&self, filter: &ast::Filter<'a>) -> bool {
        if WORD_FILTERS.contains(&filter.name) || OWN_FILTERS.contains(&filter.name) {
            return false;
        }
        filter.expr.iter().any(|inner| self.holds_own_name(inner))
            || filter.args.iter().any(|given| self.holds_own_name(value_of(given)))
    }

    fn filter(&mut self, filter: &ast::Filter<'a>) -> Meaning {
        let span = match &filter.expr {
            Some(inner) => inner.span(),
            None => Span::default(),
        };
        self.check_name(filter.name, "filter", &[OWN_FILTERS, PLAIN_FILTERS], span);
        let layers = self.arguments(&filter.args);
        let meaning = match &filter.expr {
            Some(inner) => self.expression(inner),
            None => Meaning::Words,
        };
        if let Meaning::Place(list) = &meaning
            && let Some(attribute) = attribute(filter)
        {
            self.place(format!("{list}[].{attribute}"), span);
        }
        meaning.filtered(filter.name, layers)
    }

    fn call(&mut self, call: &ast::Call<'a>) -> Meaning {
        let layers = self.arguments(&call.args);
        match &call.expr {
            // A macro gives words.
            ast::Expr::Var(name) if self.bound(name.id).is_some() => Meaning::Words,
            ast::Expr::Var(name) => {
                self.check_name(name.id, "function", &[FUNCTIONS], name.span());
                if name.id == "namespace" {
                    call.args.iter().for_each(|given| self.check_held(value_of(given)));
                }
                match name.id {
                    "count" | "agree" => Meaning::Words,
                    _ => Meaning::Made(layers + 1),
                }
            }
            other => {
                self.expression(other);
                Meaning::Made(layers + 1)
            }
        }
    }

    /// Reads arguments; gives how many layers the deepest of them has.
    fn arguments(&mut self, arguments: &[ast::CallArg<'a>]) -> usize {
        let mut layers = 0;
        for argument in arguments {
            layers = layers.max(self.expression(value_of(argument)).layers());
        }
        layers
    }

    fn bound(&self, name: &str) -> Option<Meaning> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).cloned()
    }

    fn variable(&mut self, name: &'a str, span: Span) -> Meaning {
        if matches!(name, "copy" | "page" | "pages" | "logo" | "signature") {
            return Meaning::Words;
        }
        match self.bound(name) {
            Some(meaning) => meaning,
            None => self.place(name.to_owned(), span),
        }
    }

    /// A name that must be a field's, a group's, or the beginning of one.
    fn place(&mut self, place: String, span: Span) -> Meaning {
        for (_, parts) in DERIVED.iter().filter(|(name, _)| *name == place) {
            self.reading.used.extend(parts.iter().map(ToString::to_string));
        }
        if self.names.styles.is_none() && begins(&place, "extra") {
            return UNKNOWN;
        }
        if self.names.patterns.contains(&place) {
            self.reading.used.insert(place.clone());
        }
        if self.names.is_known(&place) {
            return Meaning::Place(place);
        }
        // A row is named outside of its loop: `item.title` for `items[].title`.
        let row = place.split('.').next().unwrap_or_default();
        let (message, hint) = if self.names.is_known(&format!("{row}s[]")) {
            (
                format!("There is {} only inside its rows", article(row)),
                format!("Put {{% for {row} in {row}s %}} before it"),
            )
        } else {
            (format!("There is no field {}", as_written(&place)), self.name_hint(&place))
        };
        self.problem(UNKNOWN_NAME, message, hint, span);
        UNKNOWN
    }

    fn name_hint(&self, place: &str) -> String {
        match nearest(place, self.names.all()) {
            Some(name) => format!("The nearest name is {}", as_written(name)),
            None => "rationale fields lists every name".to_owned(),
        }
    }

    fn check_name(
        &mut self,
        name: &str,
        what: &str,
        lists: &[&[&'static str]],
        span: Span,
    ) {
        let names = lists.concat();
        if names.contains(&name) {
            return;
        }
        let hint = match nearest(name, names) {
            Some(nearest) => format!("The nearest {what} is {nearest}"),
            None => format!("templates/README.md lists every {what}"),
        };
        self.problem(UNKNOWN_FILTER, format!("There is no {what} {name}"), hint, span);
    }

    fn forbidden(&mut self, tag: &str, span: Span) {
        let message = format!("Templates have no {tag}");
        let hint = "Leave it out; values are never read as markup".to_owned();
        self.problem(NOT_FOR_LETTERS, message, hint, span);
    }

    fn problem(&mut self, kind: ProblemKind, message: String, hint: String, span: Span) {
        let (code, name) = kind;
        let line = usize::from(span.start_line).max(1);
        let column = usize::from(span.start_col) + 1;
        self.reading
            .problems
            .push(Problem { code, name, message, hint, line, column });
    }
}

/// Whether a name of a namespace is set.
fn sets_attribute(target: &ast::Expr<'_>) -> bool {
    match target {
        ast::Expr::GetAttr(_) => true,
        ast::Expr::List(names) => names.items.iter().any(sets_attribute),
        ast::Expr::Tuple(names) => names.items.iter().any(sets_attribute),
        _ => false,
    }
}

/// Whether an operation makes words or a number of whatever it is given.
fn gives_words(op: ast::BinOpKind) -> bool {
    use ast::BinOpKind as Kind;
    !matches!(op, Kind::Add | Kind::Mul | Kind::ScAnd | Kind::ScOr)
}

fn value_of<'e, 'a>(argument: &'e ast::CallArg<'a>) -> &'e ast::Expr<'a> {
    use ast::CallArg as A;
    let (A::Pos(value) | A::Kwarg(_, value) | A::PosSplat(value) | A::KwargSplat(value)) =
        argument;
    value
}

/// The field of each row that a filter looks at: `map(attribute="amount")`,
/// `selectattr("decision", …)`.
fn attribute(filter: &ast::Filter<'_>) -> Option<String> {
    let takes_first = matches!(filter.name, "selectattr" | "rejectattr" | "groupby");
    for (place, argument) in filter.args.iter().enumerate() {
        let value = match argument {
            ast::CallArg::Kwarg("attribute", value) => value,
            ast::CallArg::Pos(value) if takes_first && place == 0 => value,
            _ => continue,
        };
        if let ast::Expr::Const(constant) = value
            && let Some(name) = constant.value.as_str()
        {
            return Some(name.to_owned());
        }
    }
    None
}
