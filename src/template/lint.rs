//! Everything that is wrong with a template's wording, at once: minijinja itself stops at
//! the first problem and never sees the branches not taken. The only file that names
//! minijinja's syntax tree.

use std::collections::{BTreeSet, HashMap};

use minijinja::machinery::{Span, ast, parse};
use minijinja::syntax::SyntaxConfig;

use super::context::DERIVED;
use super::filters::{FUNCTIONS, OWN_FILTERS, PLAIN_FILTERS, TESTS};
use super::markdown;
use super::tags::{blank_tags, unclosed};
use crate::diagnostic::{Anchor, Diagnostic};
use crate::letter::grammar::article;

/// A problem, and where in the wording it stands, both counted from 1.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    pub code: &'static str,
    pub name: &'static str,
    pub message: String,
    pub hint: String,
    pub line: usize,
    pub column: usize,
}

impl Problem {
    /// The problem as told to the author; `line` is the line of the file on which the
    /// wording begins.
    pub(super) fn diagnostic(self, line: usize) -> Diagnostic {
        let Self { code, name, message, hint, line: below, column } = self;
        let anchor = Anchor::Template { line: line + below - 1, column };
        Diagnostic::error(code, name, message, hint, anchor)
    }
}

/// What reading a template's wording gives.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The patterns of the fields that it names.
    pub used: BTreeSet<String>,
    pub problems: Vec<Problem>,
}

/// What wording may name.
pub(super) struct Names<'a> {
    pub patterns: &'a [String],
    /// `None` where the head could not be read, which would have said so: then its own
    /// fields are not known either.
    pub styles: Option<&'a [&'a str]>,
}

/// Reads wording against what it may name.
pub(super) fn read(source: &str, syntax: SyntaxConfig, names: &Names<'_>) -> Reading {
    let mut reader = Reader {
        source,
        names,
        scopes: vec![HashMap::new()],
        reading: Reading::default(),
    };
    match parse(source, "template", syntax) {
        Ok(ast::Stmt::Template(template)) => reader.statements(&template.children),
        Ok(_) => {}
        Err(error) => reader.syntax_error(&error),
    }
    reader.markdown();
    reader.reading
}

/// What an expression stands for.
#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    /// A field, a group of fields, or a list of rows: its pattern as far as it is known.
    Place(String),
    /// Something made by the template, about which nothing is known.
    Anything,
}

struct Reader<'a> {
    source: &'a str,
    names: &'a Names<'a>,
    /// What names stand for, innermost last.
    scopes: Vec<HashMap<&'a str, Meaning>>,
    reading: Reading,
}

impl<'a> Reader<'a> {
    fn statements(&mut self, statements: &[ast::Stmt<'a>]) {
        statements.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &ast::Stmt<'a>) {
        use ast::Stmt as S;
        match statement {
            S::Template(template) => self.statements(&template.children),
            S::EmitExpr(emit) => self.printed(&emit.expr),
            S::EmitRaw(_) => {}
            S::ForLoop(each) => self.for_loop(each),
            S::IfCond(condition) => {
                self.expression(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            S::WithBlock(with) => {
                let pairs: Vec<_> = with
                    .assignments
                    .iter()
                    .map(|(name, to)| (name, self.expression(to)))
                    .collect();
                self.inside(pairs, &with.body);
            }
            S::Set(set) => {
                let meaning = self.expression(&set.expr);
                self.bind(&set.target, meaning);
            }
            S::SetBlock(set) => {
                self.bind(&set.target, Meaning::Anything);
                set.filter.iter().for_each(|filter| _ = self.expression(filter));
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
    fn printed(&mut self, expression: &ast::Expr<'a>) {
        let Meaning::Place(place) = self.expression(expression) else { return };
        let is_value = self.names.patterns.contains(&place)
            || derived_names().any(|name| name == place);
        if !is_value
            && !place
                .strip_suffix("[]")
                .is_some_and(|list| self.names.patterns.iter().any(|p| p == list))
        {
            let (message, hint) = (
                format!("{} holds several fields and cannot be printed", spoken(&place)),
                "Name one of its fields, or go through its rows with for".to_owned(),
            );
            self.problem("T012", "not-a-value", message, hint, expression.span());
        }
    }

    fn for_loop(&mut self, each: &ast::ForLoop<'a>) {
        let row = match self.expression(&each.iter) {
            Meaning::Place(list) => Meaning::Place(format!("{list}[]")),
            Meaning::Anything => Meaning::Anything,
        };
        self.scopes.push(HashMap::from([("loop", Meaning::Anything)]));
        self.bind(&each.target, row);
        each.filter_expr.iter().for_each(|filter| _ = self.expression(filter));
        self.statements(&each.body);
        self.scopes.pop();
        self.statements(&each.else_body);
    }

    fn macro_body(&mut self, defined: &ast::Macro<'a>) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(defined.name, Meaning::Anything);
        }
        defined
            .defaults
            .iter()
            .for_each(|default| _ = self.expression(default));
        let arguments = defined
            .args
            .iter()
            .map(|argument| (argument, Meaning::Anything))
            .collect();
        self.inside(arguments, &defined.body);
    }

    fn inside(&mut self, names: Vec<(&ast::Expr<'a>, Meaning)>, body: &[ast::Stmt<'a>]) {
        self.scopes.push(HashMap::from([("caller", Meaning::Anything)]));
        names.into_iter().for_each(|(name, meaning)| self.bind(name, meaning));
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
            ast::Expr::List(names) => {
                names.items.iter().for_each(|name| self.bind(name, Meaning::Anything))
            }
            ast::Expr::Tuple(names) => {
                names.items.iter().for_each(|name| self.bind(name, Meaning::Anything))
            }
            _ => {}
        }
    }

    fn expression(&mut self, expression: &ast::Expr<'a>) -> Meaning {
        use ast::Expr as E;
        match expression {
            E::Var(name) => self.variable(name.id, name.span()),
            E::Const(_) => Meaning::Anything,
            E::Slice(slice) => {
                let bounds = [&slice.start, &slice.stop, &slice.step];
                bounds
                    .into_iter()
                    .flatten()
                    .for_each(|bound| _ = self.expression(bound));
                self.expression(&slice.expr)
            }
            E::UnaryOp(op) => self.all([&op.expr]),
            E::BinOp(op) => self.all([&op.left, &op.right]),
            E::Compare(compare) => {
                self.expression(&compare.expr);
                self.all(compare.ops.iter().map(|op| &op.expr))
            }
            E::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                choice.false_expr.iter().for_each(|other| _ = self.expression(other));
                self.expression(&choice.true_expr)
            }
            E::Filter(filter) => self.filter(filter),
            E::Test(test) => {
                self.known(test.name, "test", &[TESTS], test.span());
                self.arguments(&test.args);
                self.all([&test.expr])
            }
            E::GetAttr(get) => match self.expression(&get.expr) {
                Meaning::Place(place) => {
                    self.place(format!("{place}.{}", get.name), get.span())
                }
                Meaning::Anything => Meaning::Anything,
            },
            E::GetItem(get) => {
                self.expression(&get.subscript_expr);
                match self.expression(&get.expr) {
                    Meaning::Place(list) => Meaning::Place(format!("{list}[]")),
                    Meaning::Anything => Meaning::Anything,
                }
            }
            E::Call(call) => {
                self.call(call);
                Meaning::Anything
            }
            E::List(list) => self.made_of(&list.items),
            E::Tuple(tuple) => self.made_of(&tuple.items),
            E::Map(map) => self.made_of(map.keys.iter().chain(&map.values)),
        }
    }

    /// Reads expressions that together stand for something new.
    fn all<'e>(
        &mut self,
        expressions: impl IntoIterator<Item = &'e ast::Expr<'a>>,
    ) -> Meaning
    where
        'a: 'e,
    {
        expressions
            .into_iter()
            .for_each(|expression| _ = self.expression(expression));
        Meaning::Anything
    }

    /// A list is made of words and fields. One that is made of the template's own names
    /// could hold itself twice, and that again: comparing two such lists does not end.
    fn made_of<'e>(
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
                self.problem("T006", "not-for-letters", message, hint, element.span());
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
                    || choice
                        .false_expr
                        .as_ref()
                        .is_some_and(|other| self.holds_own_name(other))
            }
            E::Filter(filter) => {
                filter.expr.as_ref().is_some_and(|inner| self.holds_own_name(inner))
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
        let end = filter.expr.as_ref().map_or_else(Span::default, ast::Expr::span);
        self.known(filter.name, "filter", &[OWN_FILTERS, PLAIN_FILTERS], end);
        self.arguments(&filter.args);
        let meaning = filter
            .expr
            .as_ref()
            .map_or(Meaning::Anything, |inner| self.expression(inner));
        if let Meaning::Place(list) = &meaning {
            let place =
                attribute(filter).map(|attribute| format!("{list}[].{attribute}"));
            place.into_iter().for_each(|place| _ = self.place(place, end));
        }
        match (filter.name, meaning) {
            ("first" | "last", Meaning::Place(list)) => {
                Meaning::Place(format!("{list}[]"))
            }
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
                self.known(name.id, "function", &[FUNCTIONS], name.span())
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
        self.bound(name).unwrap_or_else(|| self.place(name.to_owned(), span))
    }

    /// A name that must be a field's, a group's, or the beginning of one.
    fn place(&mut self, place: String, span: Span) -> Meaning {
        let derived = DERIVED.iter().find(|(name, _)| *name == place);
        let parts = derived.map_or(&[][..], |(_, parts)| parts);
        self.reading.used.extend(parts.iter().map(ToString::to_string));
        if self.names.styles.is_none() && begins(&place, "extra") {
            return Meaning::Anything;
        }
        let names = self.names;
        let known = || names.patterns.iter().map(String::as_str).chain(derived_names());
        if names.patterns.contains(&place) {
            self.reading.used.insert(place.clone());
        }
        if known().any(|name| begins(name, &place)) {
            return Meaning::Place(place);
        }
        let group = format!("{}s[]", place.split('.').next().unwrap_or_default());
        if known().any(|name| begins(name, &group)) {
            let row = group.trim_end_matches("s[]").to_owned();
            let hint = format!("Write {{% for {row} in {row}s %}} before it");
            self.problem(
                "T003",
                "unknown-name",
                format!("There is {} only within its rows", article(&row)),
                hint,
                span,
            );
            return Meaning::Anything;
        }
        let hint = nearest(&place, known()).map_or_else(
            || "rationale fields lists every name".to_owned(),
            |name| format!("The nearest name is {}", spoken(name)),
        );
        self.problem(
            "T003",
            "unknown-name",
            format!("There is no field {}", spoken(&place)),
            hint,
            span,
        );
        Meaning::Anything
    }

    fn known(&mut self, name: &str, what: &str, lists: &[&[&'static str]], span: Span) {
        let mut names = lists.iter().copied().flatten().copied();
        if names.clone().any(|known| known == name) {
            return;
        }
        let hint = nearest(name, &mut names).map_or_else(
            || format!("templates/README.md lists every {what}"),
            |nearest| format!("The nearest {what} is {nearest}"),
        );
        self.problem(
            "T004",
            "unknown-filter",
            format!("There is no {what} {name}"),
            hint,
            span,
        );
    }

    fn forbidden(&mut self, tag: &str, span: Span) {
        let message = format!("Letters have no {tag}");
        self.problem(
            "T006",
            "not-for-letters",
            message,
            "Leave it out: values are always only themselves".into(),
            span,
        );
    }

    fn syntax_error(&mut self, error: &minijinja::Error) {
        let detail = error.detail().unwrap_or("a tag is not complete");
        let open = unclosed(self.source).filter(|_| detail.contains("end of input"));
        let message = match open {
            Some((_, word)) => format!("This {word} has no end{word}"),
            None => format!("The wording cannot be read: {detail}"),
        };
        let offset = open
            .map_or_else(|| error.range().map_or(0, |range| range.start), |(at, _)| at);
        let line = open.map_or_else(
            || error.line().unwrap_or(1),
            |(at, _)| self.source[..at].matches('\n').count() + 1,
        );
        let start = self
            .source
            .get(..offset)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |newline| newline + 1);
        let column = self
            .source
            .get(start..offset)
            .map_or(1, |before| before.chars().count() + 1);
        let hint =
            "Each {{ has its }}, each {% its %}, each for its endfor, each if its endif"
                .to_owned();
        self.reading.problems.push(Problem {
            code: "T002",
            name: "syntax",
            message,
            hint,
            line,
            column,
        });
    }

    fn problem(
        &mut self,
        code: &'static str,
        name: &'static str,
        message: String,
        hint: String,
        span: Span,
    ) {
        let (line, column) =
            (usize::from(span.start_line).max(1), usize::from(span.start_col) + 1);
        self.reading
            .problems
            .push(Problem { code, name, message, hint, line, column });
    }

    /// The same Markdown scan that the filled letter gets, with each tag blanked to its
    /// length.
    fn markdown(&mut self) {
        let (nodes, problems) = markdown::read(&blank_tags(self.source));
        for markdown::Problem { message, line, column } in problems {
            let hint =
                "templates/README.md shows the Markdown that letters have".to_owned();
            self.reading.problems.push(Problem {
                code: "T005",
                name: "markdown",
                message,
                hint,
                line,
                column,
            });
        }
        let styles = self.names.styles.unwrap_or_default();
        let named = nodes.iter().filter_map(|node| node.style.as_deref());
        for name in
            named.filter(|name| self.names.styles.is_some() && !styles.contains(name))
        {
            self.unknown_style(name, styles);
        }
        if let Some(line) =
            self.source.lines().position(|line| line.chars().any(is_private))
        {
            let message = "This line holds a character of no script, which the program \
                uses for itself"
                .to_owned();
            let hint = "Delete it".to_owned();
            self.reading.problems.push(Problem {
                code: "T008",
                name: "private",
                message,
                hint,
                line: line + 1,
                column: 1,
            });
        }
    }

    fn unknown_style(&mut self, name: &str, styles: &[&str]) {
        let line = self
            .source
            .lines()
            .position(|line| line.trim() == format!("{{.{name}}}"))
            .unwrap_or(0)
            + 1;
        let hint = nearest(name, styles.iter().copied()).map_or_else(
            || "Name it in the head".to_owned(),
            |nearest| format!("The nearest style is {nearest}"),
        );
        let message = format!("The head has no style or table {name}");
        self.reading.problems.push(Problem {
            code: "T007",
            name: "unknown-style",
            message,
            hint,
            line,
            column: 1,
        });
    }
}

/// The field of each row that a filter looks at: `map(attribute="amount")`,
/// `selectattr("decision", …)`.
fn attribute<'a>(filter: &ast::Filter<'a>) -> Option<String> {
    let takes_first = matches!(filter.name, "selectattr" | "rejectattr" | "groupby");
    let constant = |value: &ast::Expr<'a>| match value {
        ast::Expr::Const(constant) => constant.value.as_str().map(str::to_owned),
        _ => None,
    };
    filter
        .args
        .iter()
        .enumerate()
        .find_map(|(place, argument)| match argument {
            ast::CallArg::Kwarg("attribute", value) => constant(value),
            ast::CallArg::Pos(value) if takes_first && place == 0 => constant(value),
            _ => None,
        })
}

/// The planes of private use, from which placeholders are taken.
fn is_private(character: char) -> bool {
    character >= '\u{F_0000}'
}

/// Whether a pattern is `place` or lies in it.
fn begins(pattern: &str, place: &str) -> bool {
    let rest = pattern.strip_prefix(place);
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with('.') || rest.starts_with("[]")
    })
}

/// The names that are made of several fields.
fn derived_names<'n>() -> impl Iterator<Item = &'n str> {
    DERIVED.iter().map(|(name, _)| *name)
}

/// A pattern as templates say it: `items[].title` is some `item.title`.
fn spoken(pattern: &str) -> String {
    pattern.replace("s[]", "")
}

/// The known name that is most like the one asked for, if any is like it.
pub(super) fn nearest<'n>(
    name: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let scored = names
        .into_iter()
        .map(|known| (strsim::jaro_winkler(name, known), known));
    scored
        .filter(|&(score, _)| score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::super::{Template, syntax};
    use super::*;
    use crate::letter::fields::printable_patterns;

    fn reading(source: &str) -> Reading {
        let patterns: Vec<String> = printable_patterns().map(str::to_owned).collect();
        read(source, syntax(), &Names { patterns: &patterns, styles: Some(&["item"]) })
    }

    /// Problems as `code line:column message; hint`.
    fn check(source: &str, expected: &[&str]) {
        let problems = reading(source).problems;
        let shown = problems.iter().map(|p| {
            format!("{} {}:{} {}; {}", p.code, p.line, p.column, p.message, p.hint)
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{source:?}");
    }

    #[test]
    fn what_is_right_is_quiet() {
        check(
            "{{ case.number }} {% for item in items %}{{ item.title }}: \
                {{ item.decision }}{% endfor %}",
            &[],
        );
        check(
            "{% set first = reviewers | first %}{{ first.certifications | and_list }}",
            &[],
        );
        check(
            "{% if copy is served and recipients %}{{ recipients[0].name }}{% endif %}",
            &[],
        );
        check(
            "{% macro bold(x) %}**{{ x.y }}**{% endmacro %}{{ bold(case.number) }}",
            &[],
        );
        check("{% for item in items %}{{ loop.index }}{% endfor %}Page {{ page }}", &[]);
        check("{.item}\n**Label:** {{ summary }}", &[]);
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest_one() {
        check(
            "a\n{{ case.nummer }}",
            &["T003 2:4 There is no field case.nummer; The nearest name is case.number"],
        );
        check(
            "{% for item in items %}{{ item.ratonale }}{% endfor %}",
            &[
                "T003 1:27 There is no field item.ratonale; The nearest name is item.rationale",
            ],
        );
    }

    #[test]
    fn the_reviewers_name_cannot_be_named() {
        let problems =
            reading("{% for r in reviewers %}{{ r.internal_name }}{% endfor %}").problems;
        assert_eq!(problems.first().map(|problem| problem.code), Some("T003"));
    }

    #[test]
    fn branches_not_taken_are_read_too_and_all_problems_come_at_once() {
        let problems = reading(
            "{% if false %}{{ case.x }}{% else %}{{ summary | shout }}{% endif %}\n<b>",
        )
        .problems;
        assert_eq!(
            problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
            ["T003", "T004", "T005"]
        );
    }

    #[test]
    fn fields_that_filters_look_at_are_names_too() {
        check("{{ items | map(attribute='rationale') | first }}", &[]);
        check(
            "{{ items | map(attribute='ratonale') | first }}",
            &[
                "T003 1:4 There is no field item.ratonale; The nearest name is item.rationale",
            ],
        );
        check(
            "{{ item.title }}",
            &["T003 1:4 There is an item only within its rows; Write \
                    {% for item in items %} before it"],
        );
    }

    #[test]
    fn a_tag_without_its_end_is_told_where_it_begins() {
        check(
            "a\n{% for item in items %}\n{% if copy is served %}\nb\n{% endif %}\n\nc",
            &["T002 2:1 This for has no endfor; Each {{ has its }}, each {% its %}, \
                    each for its endfor, each if its endif"],
        );
    }

    #[test]
    fn filters_that_print_for_machines_do_not_exist() {
        check(
            "{{ summary | safe }}",
            &["T004 1:4 There is no filter safe; templates/README.md lists every filter"],
        );
        check(
            "{{ summary | uper }}",
            &["T004 1:4 There is no filter uper; The nearest filter is upper"],
        );
    }

    #[test]
    fn asterisks_that_would_be_printed_are_told() {
        let problems = reading("**Label:**{{ summary }}").problems;
        assert_eq!(
            problems
                .first()
                .map(|problem| (problem.code, problem.line, problem.column)),
            Some(("T005", 1, 1))
        );
    }

    #[test]
    fn an_unclosed_tag_is_told_with_its_place() {
        let problems = reading("a\n{% for item in items %}\n").problems;
        assert_eq!(problems.first().map(|problem| problem.code), Some("T002"));
    }

    #[test]
    fn a_style_must_be_in_the_head() {
        check(
            "{.itme}\ntext",
            &["T007 1:1 The head has no style or table itme; The nearest style is item"],
        );
    }

    #[test]
    fn a_form_shows_what_its_wording_names() {
        let used = reading(
            "{{ case.number }}{% for item in items %}{{ item.title }}{% endfor %}",
        )
        .used;
        assert!(used.contains("case.number") && used.contains("items[].remaining"));
        assert!(!used.contains("items[].rationale"));
    }

    #[test]
    fn every_built_in_template_is_read() {
        for source in super::super::BUILT_IN {
            assert_eq!(Template::parse(source).err(), None);
        }
    }
}
