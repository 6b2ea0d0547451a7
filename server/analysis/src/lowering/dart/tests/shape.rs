//! An outline as a line of text, for tests to compare.

use crate::lowering::outline::{
    ArgumentForm, Block, ClassForm, Comparison, Expression, Form, Function, FunctionBody, LinkKind, MemberForm,
    Outline, Parameter, Pattern, Statement, TypeName, Variable,
};

/// Every declaration, one a line.
pub(super) fn items(outline: &Outline) -> String {
    let lines: Vec<String> = outline.items.iter().map(|item| expression(&item.does)).collect();
    lines.join("\n")
}

/// The statements of the first function's body.
pub(super) fn first_body(outline: &Outline) -> String {
    outline
        .items
        .iter()
        .find_map(|item| match &item.does.form {
            Form::Function(function) => match &function.body {
                FunctionBody::Block(block) => Some(statements(&block.statements)),
                FunctionBody::Expression(value) => Some(expression(value)),
                FunctionBody::None | FunctionBody::Kept(_) => None,
            },
            _ => None,
        })
        .unwrap_or_default()
}

fn statements(all: &[Statement]) -> String {
    joined(all, "; ", |statement| expression(&statement.does))
}

fn block(block: &Block) -> String {
    let inner = statements(&block.statements);
    if block.braceless { format!("<{inner}>") } else { format!("{{{inner}}}") }
}

fn joined<T>(all: &[T], between: &str, show: impl Fn(&T) -> String) -> String {
    all.iter().map(show).collect::<Vec<_>>().join(between)
}

fn list(all: &[Expression]) -> String {
    joined(all, ", ", expression)
}

fn option(value: &Option<Box<Expression>>) -> String {
    value.as_ref().map_or(String::new(), |value| format!(" {}", expression(value)))
}

fn type_name(name: &TypeName) -> String {
    joined(&name.parts, ".", ToString::to_string)
}

fn variable(variable: &Variable) -> String {
    match &variable.type_name {
        Some(name) => format!("{}: {}", variable.name, type_name(name)),
        None => variable.name.to_string(),
    }
}

fn variables(all: &[Variable]) -> String {
    joined(all, " ", variable)
}

fn argument(argument: &ArgumentForm) -> String {
    let label = argument.label.as_ref().map_or(String::new(), |label| format!("{label}: "));
    label + &expression(&argument.value)
}

/// An expression, a statement or a declaration.
pub(super) fn expression(expression: &Expression) -> String {
    form(&expression.form)
}

fn form(form: &Form) -> String {
    let show = |value: &Expression| expression(value);
    match form {
        Form::Null => "null".into(),
        Form::Boolean(value) => value.to_string(),
        Form::Number(number) => number.to_string(),
        Form::Text(text) => format!("{text:?}"),
        Form::Template(text, holes) => format!("template({text:?}, {})", list(holes)),
        Form::Name(name) => name.to_string(),
        Form::This => "this".into(),
        Form::Super => "super".into(),
        Form::Receiver => "^".into(),
        Form::Member(member) => {
            let object = member.object.as_ref().map_or(String::new(), show);
            format!("{object}{}{}", if member.optional { "?." } else { "." }, member.name)
        }
        Form::Index(object, index) => format!("{}[{}]", show(object), show(index)),
        Form::Call(call) => {
            let construct = if call.construct { "new " } else { "" };
            let optional = if call.optional { "?" } else { "" };
            format!("{construct}{}{optional}({})", show(&call.callee), joined(&call.arguments, ", ", argument))
        }
        Form::Generic(callee, types) => format!("{}<{}>", show(callee), joined(types, ", ", type_name)),
        Form::Map(pairs) => {
            format!("map{{{}}}", joined(pairs, ", ", |(key, value)| format!("{}: {}", show(key), show(value))))
        }
        Form::List(values) => format!("[{}]", list(values)),
        Form::Closure(inner) => function(inner),
        Form::Reference(value) => format!("::{}", show(value)),
        Form::Type(name) => format!("type {}", type_name(name)),
        Form::Not(value) => format!("!{}", show(value)),
        Form::And(left, right) => format!("({} && {})", show(left), show(right)),
        Form::Or(left, right) => format!("({} || {})", show(left), show(right)),
        Form::Fallback(left, right) => format!("({} ?? {})", show(left), show(right)),
        Form::Compare(compare) => {
            let relation = match compare.relation {
                Comparison::Equal => "==",
                Comparison::Different => "!=",
                Comparison::Other => "~",
            };
            format!("({} {relation} {})", show(&compare.left), show(&compare.right))
        }
        Form::Bind(bind) => {
            let asks = if bind.asks_presence { "present" } else { "fits" };
            format!("{asks}({} = {})", variables(&bind.names), show(&bind.value))
        }
        Form::Assign(left, right, compound) => {
            format!("{} {} {}", show(left), if *compound { "op=" } else { "=" }, show(right))
        }
        Form::Await(value) => format!("await {}", show(value)),
        Form::Try(value) => format!("try {}", show(value)),
        Form::TryOptional(value) => format!("try? {}", show(value)),
        Form::Unwrap(value) => format!("{}!", show(value)),
        Form::Cascade(receiver, sections, optional) => {
            format!("cascade{}({}: {})", if *optional { "?" } else { "" }, show(receiver), list(sections))
        }
        Form::Chain(chain) => {
            let links = joined(&chain.links, "", |link| {
                let kind = match link.kind {
                    LinkKind::Then => "then",
                    LinkKind::Catch => "catch",
                    LinkKind::Finally => "finally",
                };
                let on_error = link.on_error.as_ref().map_or(String::new(), |value| format!(" else {}", show(value)));
                format!(" |{kind} {}{on_error}", show(&link.callback))
            });
            format!("chain({}{links})", show(&chain.head))
        }
        Form::Part(value) => format!("={}", show(value)),
        Form::All(values) => format!("all({})", list(values)),
        Form::Block(inner) => block(inner),
        Form::If(choice) => {
            let otherwise = choice.otherwise.as_ref().map_or(String::new(), |other| format!(" else {}", block(other)));
            format!("if {} {}{otherwise}", show(&choice.condition), block(&choice.then))
        }
        Form::Switch(switch) => {
            let cases = joined(&switch.cases, " ", |case| {
                let patterns = joined(&case.patterns, "|", |pattern| match pattern {
                    Pattern::Equals(value) => show(value),
                    Pattern::Holds(value) => format!("?{}", show(value)),
                    Pattern::Other(names) => format!("other({})", variables(names)),
                });
                let guard = case.guard.as_ref().map_or(String::new(), |guard| format!(" when {}", show(guard)));
                let falls = if case.falls_through { "+" } else { "" };
                format!("case({patterns}{guard}){}{falls}", block(&case.body))
            });
            let subject = switch.subject.as_ref().map_or(String::new(), show);
            format!("switch{} {subject} {cases}", if switch.exhaustive { "!" } else { "" })
        }
        Form::Loop(inner) => {
            let mut out = format!("loop{}", if inner.awaits { " await" } else { "" });
            if let Some(elements) = &inner.elements {
                out += &format!(" [{}] in {}", variables(&inner.names), show(elements));
            }
            if !inner.start.is_empty() {
                out += &format!(" start({})", list(&inner.start));
            }
            if let Some(condition) = &inner.condition {
                out += &format!(" {}({})", if inner.asks_behind { "until" } else { "while" }, show(condition));
            }
            if !inner.update.is_empty() {
                out += &format!(" update({})", list(&inner.update));
            }
            out + " " + &block(&inner.body)
        }
        Form::Labelled(label, inner) => format!("{label}: {}", show(inner)),
        Form::Attempt(attempt) => {
            let catches = joined(&attempt.catches, "", |catch| {
                let all = if catch.takes_all { "*" } else { "" };
                format!(" catch{all}({}) {}", variables(&catch.names), block(&catch.body))
            });
            let finally = attempt.finally.as_ref().map_or(String::new(), |last| format!(" finally {}", block(last)));
            format!("try {}{catches}{finally}", block(&attempt.body))
        }
        Form::Defer(inner) => format!("defer {}", block(inner)),
        Form::Return(value, _) => format!("return{}", option(value)),
        Form::Throw(value) => format!("throw{}", option(value)),
        Form::Break(label) => format!("break {}", label.as_deref().unwrap_or_default()).trim_end().into(),
        Form::Continue(label) => format!("continue {}", label.as_deref().unwrap_or_default()).trim_end().into(),
        Form::FallThrough => "fallthrough".into(),
        Form::Yield(value) => format!("yield{}", option(value)),
        Form::Declare(all) => joined(all, ", ", |declaration| {
            let value = declaration.value.as_ref().map_or(String::new(), |value| format!(" = {}", show(value)));
            format!("let {}{}{value}", if declaration.lazy { "lazy " } else { "" }, variables(&declaration.names))
        }),
        Form::Function(inner) => function(inner),
        Form::Class(inner) => class(inner),
        Form::Nothing => "nothing".into(),
        Form::Broken => "broken".into(),
        Form::Scoped(_) => "scoped".into(),
    }
}

fn parameter(parameter: &Parameter) -> String {
    let member = if parameter.member.is_some() { "this." } else { "" };
    let default = parameter.default.as_ref().map_or(String::new(), |value| format!(" = {}", expression(value)));
    format!("{member}{}{default}", variable(&parameter.variable))
}

fn function(function: &Function) -> String {
    let mut out = format!("{:?}", function.kind).to_lowercase();
    let flags = [
        (function.is_static, "static"),
        (function.is_async, "async"),
        (function.is_generator, "generator"),
        (function.is_private, "private"),
        (function.returns_markup, "markup"),
    ];
    for (_, name) in flags.iter().filter(|(holds, _)| *holds) {
        out += &format!(" {name}");
    }
    for annotation in &function.annotations {
        out += &format!(" @{annotation}");
    }
    if let Some(name) = &function.name {
        out += &format!(" {name}");
    }
    out += &format!("({})", joined(&function.parameters, ", ", parameter));
    if let Some(returns) = &function.returns {
        out += &format!(": {}", type_name(returns));
    }
    match &function.body {
        FunctionBody::None | FunctionBody::Kept(_) => out,
        FunctionBody::Block(inner) => out + " " + &block(inner),
        FunctionBody::Expression(value) => out + " => " + &expression(value),
    }
}

fn class(class: &ClassForm) -> String {
    let mut out = format!("{:?} {}", class.kind, class.name.as_deref().unwrap_or("-"));
    for annotation in &class.annotations {
        out += &format!(" @{annotation}");
    }
    if !class.parameters.is_empty() {
        out += &format!("({})", joined(&class.parameters, ", ", parameter));
    }
    if !class.parents.is_empty() {
        out += &format!(" < {}", joined(&class.parents, ", ", type_name));
    }
    for member in &class.members {
        out += "\n  ";
        out += &match member {
            MemberForm::Function(inner) => function(inner),
            MemberForm::Field(field) => {
                let flags = [
                    (field.is_static, "static "),
                    (field.lazy, "lazy "),
                    (field.is_private, "private "),
                    (field.is_mutable, "mutable "),
                ];
                let flags: String = flags.iter().filter(|(holds, _)| *holds).map(|(_, name)| *name).collect();
                let value = field.value.as_ref().map_or(String::new(), |value| format!(" = {}", expression(value)));
                format!("field {flags}{}{value}", variable(&field.variable))
            }
            MemberForm::Initialiser(inner, _) => format!("init {}", block(inner)),
            MemberForm::Class(inner) => self::class(inner),
            MemberForm::Case(name) => format!("case {}", name.name),
        };
    }
    out
}
