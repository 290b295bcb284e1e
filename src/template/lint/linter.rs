//! A walk through minijinja's syntax tree that follows what each name stands for.

use std::collections::{BTreeSet, HashMap};

use minijinja::machinery::{Span, ast};

use super::super::context::DERIVED;
use super::super::filters::{FUNCTIONS, OWN_FILTERS, PLAIN_FILTERS, TESTS};
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

/// What an expression stands for.
#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    /// A field, a group of fields, or a list of rows: its pattern as far as it is known.
    Place(String),
    /// Something made by the template, about which nothing is known.
    Anything,
}

impl Meaning {
    /// What an element stands for, where this is a list.
    fn element(self) -> Self {
        match self {
            Self::Place(list) => Self::Place(format!("{list}[]")),
            Self::Anything => Self::Anything,
        }
    }
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
                self.bind(&set.target, meaning);
            }
            S::SetBlock(set) => {
                self.bind(&set.target, Meaning::Anything);
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
                self.call(&call.call);
                self.statements(&call.macro_decl.body);
            }
            S::Do(done) => self.call(&done.call),
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
        self.scopes.push(HashMap::from([("loop", Meaning::Anything)]));
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
            scope.insert(defined.name, Meaning::Anything);
        }
        self.read_all(&defined.defaults);
        let arguments = defined
            .args
            .iter()
            .map(|argument| (argument, Meaning::Anything))
            .collect();
        self.in_new_scope(arguments, &defined.body);
    }

    fn in_new_scope(
        &mut self,
        names: Vec<(&ast::Expr<'a>, Meaning)>,
        body: &[ast::Stmt<'a>],
    ) {
        self.scopes.push(HashMap::from([("caller", Meaning::Anything)]));
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
            self.bind(target, Meaning::Anything);
        }
    }

    fn expression(&mut self, expression: &ast::Expr<'a>) -> Meaning {
        use ast::Expr as E;
        match expression {
            E::Var(name) => self.variable(name.id, name.span()),
            E::Const(_) => Meaning::Anything,
            E::Slice(slice) => {
                let bounds = [&slice.start, &slice.stop, &slice.step];
                self.read_all(bounds.into_iter().flatten());
                self.expression(&slice.expr)
            }
            E::UnaryOp(op) => self.read_all([&op.expr]),
            E::BinOp(op) => self.read_all([&op.left, &op.right]),
            E::Compare(compare) => {
                self.expression(&compare.expr);
                self.read_all(compare.ops.iter().map(|op| &op.expr))
            }
            E::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                self.read_all(&choice.false_expr);
                self.expression(&choice.true_expr)
            }
            E::Filter(filter) => self.filter(filter),
            E::Test(test) => {
                self.check_name(test.name, "test", &[TESTS], test.span());
                self.arguments(&test.args);
                self.read_all([&test.expr])
            }
            E::GetAttr(get) => match self.expression(&get.expr) {
                Meaning::Place(place) => {
                    self.place(format!("{place}.{}", get.name), get.span())
                }
                Meaning::Anything => Meaning::Anything,
            },
            E::GetItem(get) => {
                self.expression(&get.subscript_expr);
                self.expression(&get.expr).element()
            }
            E::Call(call) => {
                self.call(call);
                Meaning::Anything
            }
            E::List(list) => self.check_elements(&list.items),
            E::Tuple(tuple) => self.check_elements(&tuple.items),
            E::Map(map) => self.check_elements(map.keys.iter().chain(&map.values)),
        }
    }

    /// Reads expressions that together stand for something new.
    fn read_all<'e>(
        &mut self,
        expressions: impl IntoIterator<Item = &'e ast::Expr<'a>>,
    ) -> Meaning
    where
        'a: 'e,
    {
        for expression in expressions {
            self.expression(expression);
        }
        Meaning::Anything
    }

    /// A list is made of words and fields. One that is made of the template's own names
    /// could hold itself twice, and that again: comparing two such lists does not end.
    fn check_elements<'e>(
        &mut self,
        elements: impl IntoIterator<Item = &'e ast::Expr<'a>>,
    ) -> Meaning
    where
        'a: 'e,
    {
        for element in elements {
            self.expression(element);
            if self.holds_own_name(element) {
                let message =
                    "A list is made of a name that the template set itself".to_owned();
                let hint = "Put fields and words into the list, and set the name to the \
                    whole of it"
                    .to_owned();
                self.problem(NOT_FOR_LETTERS, message, hint, element.span());
            }
        }
        Meaning::Anything
    }

    /// Whether an expression holds a name that stands for no field.
    fn holds_own_name(&self, expression: &ast::Expr<'a>) -> bool {
        use ast::Expr as E;
        match expression {
            E::Var(name) => {
                name.id != "loop" && self.bound(name.id) == Some(Meaning::Anything)
            }
            E::Slice(slice) => self.holds_own_name(&slice.expr),
            E::UnaryOp(op) => self.holds_own_name(&op.expr),
            E::BinOp(op) => {
                self.holds_own_name(&op.left) || self.holds_own_name(&op.right)
            }
            E::IfExpr(choice) => {
                self.holds_own_name(&choice.true_expr)
                    || choice.false_expr.iter().any(|other| self.holds_own_name(other))
            }
            E::Filter(filter) => {
                filter.expr.iter().any(|inner| self.holds_own_name(inner))
            }
            E::GetAttr(get) => self.holds_own_name(&get.expr),
            E::GetItem(get) => self.holds_own_name(&get.expr),
            // A macro gives words, and a comparison or test a yes or no.
            E::Const(_) | E::Compare(_) | E::Test(_) | E::Call(_) => false,
            E::List(list) => list.items.iter().any(|item| self.holds_own_name(item)),
            E::Tuple(tuple) => tuple.items.iter().any(|item| self.holds_own_name(item)),
            E::Map(map) => map.values.iter().any(|value| self.holds_own_name(value)),
        }
    }

    fn filter(&mut self, filter: &ast::Filter<'a>) -> Meaning {
        let span = match &filter.expr {
            Some(inner) => inner.span(),
            None => Span::default(),
        };
        self.check_name(filter.name, "filter", &[OWN_FILTERS, PLAIN_FILTERS], span);
        self.arguments(&filter.args);
        let meaning = match &filter.expr {
            Some(inner) => self.expression(inner),
            None => Meaning::Anything,
        };
        if let Meaning::Place(list) = &meaning
            && let Some(attribute) = attribute(filter)
        {
            self.place(format!("{list}[].{attribute}"), span);
        }
        match (filter.name, meaning) {
            ("first" | "last", list) => list.element(),
            (
                "sort" | "reverse" | "unique" | "select" | "reject" | "selectattr"
                | "rejectattr" | "list",
                list,
            ) => list,
            _ => Meaning::Anything,
        }
    }

    fn call(&mut self, call: &ast::Call<'a>) {
        self.arguments(&call.args);
        match &call.expr {
            ast::Expr::Var(name) if self.bound(name.id).is_some() => {}
            ast::Expr::Var(name) => {
                self.check_name(name.id, "function", &[FUNCTIONS], name.span());
            }
            other => _ = self.expression(other),
        }
    }

    fn arguments(&mut self, arguments: &[ast::CallArg<'a>]) {
        use ast::CallArg as A;
        for argument in arguments {
            let (A::Pos(value)
            | A::Kwarg(_, value)
            | A::PosSplat(value)
            | A::KwargSplat(value)) = argument;
            self.expression(value);
        }
    }

    fn bound(&self, name: &str) -> Option<Meaning> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).cloned()
    }

    fn variable(&mut self, name: &'a str, span: Span) -> Meaning {
        if matches!(name, "copy" | "page" | "pages" | "logo" | "signature") {
            return Meaning::Anything;
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
            return Meaning::Anything;
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
                format!("There is {} only within its rows", article(row)),
                format!("Write {{% for {row} in {row}s %}} before it"),
            )
        } else {
            (format!("There is no field {}", as_written(&place)), self.name_hint(&place))
        };
        self.problem(UNKNOWN_NAME, message, hint, span);
        Meaning::Anything
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
        let message = format!("Letters have no {tag}");
        let hint = "Leave it out: values are always only themselves".to_owned();
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
