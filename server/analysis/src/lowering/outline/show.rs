//! Outlines as short texts, so that a test can say what it expects in one line.

use super::{
    ArgumentForm, Block, ClassForm, Comparison, Expression, Form, Function, FunctionBody, MemberForm, Outline, Pattern,
    Scoped, Statement, Switch, TypeName, Variable,
};

pub(in crate::lowering) fn body_of_first_function(outline: &Outline) -> Vec<String> {
    let function = outline.items.iter().find_map(|item| match &item.does.form {
        Form::Function(function) => Some(function),
        _ => None,
    });
    match function.map(|function| &function.body) {
        Some(FunctionBody::Block(block)) => statements(&block.statements),
        _ => vec!["no function".to_owned()],
    }
}

pub(in crate::lowering) fn statements(statements: &[Statement]) -> Vec<String> {
    statements.iter().map(|statement| expression(&statement.does)).collect()
}

fn block(block: &Block) -> String {
    format!("{{{}}}", statements(&block.statements).join("; "))
}

fn list(expressions: &[Expression]) -> String {
    expressions.iter().map(expression).collect::<Vec<_>>().join(", ")
}

fn names(variables: &[Variable]) -> String {
    variables.iter().map(variable).collect::<Vec<_>>().join(" ")
}

fn variable(variable: &Variable) -> String {
    match &variable.type_name {
        Some(name) => format!("{}:{}", variable.name, type_name(name)),
        None => variable.name.to_string(),
    }
}

fn type_name(name: &TypeName) -> String {
    name.parts.join(".")
}

fn argument(argument: &ArgumentForm) -> String {
    match &argument.label {
        Some(label) => format!("{label}: {}", expression(&argument.value)),
        None => expression(&argument.value),
    }
}

pub(in crate::lowering) fn expression(it: &Expression) -> String {
    let optional = |is: bool| if is { "?" } else { "" };
    match &it.form {
        Form::Null => "nil".to_owned(),
        Form::Boolean(value) => value.to_string(),
        Form::Number(number) => number.to_string(),
        Form::Text(text) => format!("{text:?}"),
        Form::Template(text, holes) => format!("template({text:?}, {})", list(holes)),
        Form::Name(name) => name.to_string(),
        Form::This => "this".to_owned(),
        Form::Super => "super".to_owned(),
        Form::Member(member) => {
            let object = member.object.as_ref().map(expression).unwrap_or_default();
            format!("{object}{}.{}", optional(member.optional), member.name)
        }
        Form::Index(object, index) => format!("{}[{}]", expression(object), expression(index)),
        Form::Call(call) => format!(
            "{}{}{}({})",
            if call.construct { "new " } else { "" },
            expression(&call.callee),
            optional(call.optional),
            call.arguments.iter().map(argument).collect::<Vec<_>>().join(", ")
        ),
        Form::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", expression(key), expression(value)));
            format!("map[{}]", entries.collect::<Vec<_>>().join(", "))
        }
        Form::List(values) => format!("[{}]", list(values)),
        Form::Closure(closure) => function(closure),
        Form::Reference(value) => format!("ref({})", expression(value)),
        Form::Type(name) => format!("type({})", type_name(name)),
        Form::Not(value) => format!("not({})", expression(value)),
        Form::And(left, right) => format!("and({}, {})", expression(left), expression(right)),
        Form::Or(left, right) => format!("or({}, {})", expression(left), expression(right)),
        Form::Fallback(left, right) => format!("fallback({}, {})", expression(left), expression(right)),
        Form::Compare(compare) => {
            let relation = match compare.relation {
                Comparison::Equal => "equal",
                Comparison::Different => "different",
                Comparison::Other => "compare",
            };
            format!("{relation}({}, {})", expression(&compare.left), expression(&compare.right))
        }
        Form::Bind(bind) => format!(
            "{}({} = {})",
            if bind.asks_presence { "present" } else { "bind" },
            names(&bind.names),
            expression(&bind.value)
        ),
        Form::Assign(target, value, compound) => {
            format!("{} {}= {}", expression(target), if *compound { "+" } else { "" }, expression(value))
        }
        Form::Await(value) => format!("await({})", expression(value)),
        Form::Try(value) => format!("try({})", expression(value)),
        Form::TryOptional(value) => format!("try?({})", expression(value)),
        Form::Unwrap(value) => format!("{}!", expression(value)),
        Form::All(values) => format!("all({})", list(values)),
        Form::Part(value) => expression(value),
        Form::Block(it) => format!("block{}", block(it)),
        Form::If(choice) => {
            let behind = if choice.binds_behind { "guard" } else { "if" };
            let otherwise = choice.otherwise.as_ref().map(|it| format!(" else {}", block(it))).unwrap_or_default();
            format!("{behind} {} {}{otherwise}", expression(&choice.condition), block(&choice.then))
        }
        Form::Switch(it) => switch(it),
        Form::Loop(it) => {
            let condition = it.condition.as_ref().map(|it| format!(" while {}", expression(it))).unwrap_or_default();
            let elements = it.elements.as_ref().map(|it| format!(" in {}", expression(it))).unwrap_or_default();
            let awaits = if it.awaits { " await" } else { "" };
            let kind = if it.asks_behind { "repeat" } else { "loop" };
            let names = names(&it.names);
            format!("{kind}{awaits} {names}{elements}{condition} {}", block(&it.body))
        }
        Form::Labelled(label, statement) => format!("{label}: {}", expression(statement)),
        Form::Attempt(attempt) => {
            let catches = attempt.catches.iter().map(|catch| {
                let some = if catch.takes_all { "" } else { "some " };
                format!(" catch {some}{} {}", names(&catch.names), block(&catch.body))
            });
            let finally = attempt.finally.as_ref().map(|it| format!(" finally {}", block(it))).unwrap_or_default();
            format!("do {}{}{finally}", block(&attempt.body), catches.collect::<String>())
        }
        Form::Defer(it) => format!("defer {}", block(it)),
        Form::Return(value, _) => format!("return({})", value.as_deref().map(expression).unwrap_or_default()),
        Form::Throw(value) => format!("throw({})", value.as_deref().map(expression).unwrap_or_default()),
        Form::Break(label) => format!("break({})", label.as_deref().unwrap_or_default()),
        Form::Continue(label) => format!("continue({})", label.as_deref().unwrap_or_default()),
        Form::FallThrough => "fallthrough".to_owned(),
        Form::Yield(value) => format!("yield({})", value.as_deref().map(expression).unwrap_or_default()),
        Form::Declare(declarations) => {
            let one = declarations.iter().map(|declaration| {
                let value = declaration.value.as_ref().map(|it| format!(" = {}", expression(it))).unwrap_or_default();
                format!("{}{}{value}", if declaration.lazy { "lazy " } else { "" }, names(&declaration.names))
            });
            format!("let {}", one.collect::<Vec<_>>().join(", "))
        }
        Form::Function(it) => function(it),
        Form::Class(it) => class(it),
        Form::Nothing => "nothing".to_owned(),
        Form::Broken => "BROKEN".to_owned(),
        Form::Receiver => "receiver".to_owned(),
        Form::Scoped(it) => scoped(it),
        Form::Generic(callee, types) => {
            format!("{}<{}>", expression(callee), types.iter().map(type_name).collect::<Vec<_>>().join(", "))
        }
        Form::Cascade(..) | Form::Chain(_) => "Dart's alone".to_owned(),
    }
}

fn scoped(it: &Scoped) -> String {
    let receiver = it.receiver.as_ref().map(|it| format!("{}.", expression(it))).unwrap_or_default();
    let mut words = vec![format!("{receiver}{}", it.label.as_deref().unwrap_or_default())];
    words.extend(it.name.as_ref().map(variable));
    for (is, word) in
        [(it.optional, "optional"), (it.implicit, "implicit"), (it.repeats, "repeats"), (it.gives_receiver, "same")]
    {
        words.extend(is.then(|| word.to_owned()));
    }
    format!("scope {} {}", words.join(" "), block(&it.body))
}

fn switch(it: &Switch) -> String {
    let cases = it.cases.iter().map(|case| {
        let patterns = case.patterns.iter().map(|pattern| match pattern {
            Pattern::Equals(value) => expression(value),
            Pattern::Holds(value) => format!("holds {}", expression(value)),
            Pattern::Other(variables) => format!("other({})", names(variables)),
        });
        let guard = case.guard.as_ref().map(|it| format!(" where {}", expression(it))).unwrap_or_default();
        let word = if case.patterns.is_empty() { "default".to_owned() } else { patterns.collect::<Vec<_>>().join("|") };
        let falls = if case.falls_through { " falls" } else { "" };
        format!(" case {word}{guard} {}{falls}", block(&case.body))
    });
    let subject = it.subject.as_ref().map(expression).unwrap_or_default();
    format!("switch {subject}{}", cases.collect::<String>())
}

pub(in crate::lowering) fn function(it: &Function) -> String {
    let parameters = it.parameters.iter().map(|parameter| {
        let default = parameter.default.as_ref().map(|it| format!("={}", expression(it))).unwrap_or_default();
        format!("{}{default}", variable(&parameter.variable))
    });
    let mut words = vec![format!("{:?}", it.kind).to_lowercase()];
    words.extend(it.name.as_ref().map(ToString::to_string));
    for (is, word) in [
        (it.is_async, "async"),
        (it.is_static, "static"),
        (it.is_private, "private"),
        (it.returns_markup, "markup"),
        (it.last_is_result, "result"),
    ] {
        words.extend(is.then(|| word.to_owned()));
    }
    words.extend(it.annotations.iter().map(|name| format!("@{name}")));
    let returns = it.returns.as_ref().map(|name| format!(" -> {}", type_name(name))).unwrap_or_default();
    let body = match &it.body {
        FunctionBody::None | FunctionBody::Kept(_) => "none".to_owned(),
        FunctionBody::Block(it) => block(it),
        FunctionBody::Expression(it) => expression(it),
    };
    format!("{}({}){returns} {body}", words.join(" "), parameters.collect::<Vec<_>>().join(", "))
}

pub(in crate::lowering) fn class(it: &ClassForm) -> String {
    let members = it.members.iter().map(|member| match member {
        MemberForm::Function(it) => function(it),
        MemberForm::Field(field) => {
            let mut words: Vec<String> = Vec::new();
            for (is, word) in [
                (field.is_static, "static"),
                (field.is_private, "private"),
                (field.lazy, "lazy"),
                (field.is_mutable, "var"),
            ] {
                words.extend(is.then(|| word.to_owned()));
            }
            words.push(variable(&field.variable));
            words.extend(field.value.as_ref().map(|value| format!("= {}", expression(value))));
            words.extend(field.accessors.iter().map(function));
            words.join(" ")
        }
        MemberForm::Initialiser(it, _) => format!("init {}", block(it)),
        MemberForm::Class(it) => class(it),
        MemberForm::Case(it) => format!("case {}", it.name),
    });
    let parents = it.parents.iter().map(type_name).collect::<Vec<_>>().join(" ");
    let annotations = it.annotations.iter().map(|name| format!("@{name} ")).collect::<String>();
    let name = it.name.as_deref().unwrap_or_default();
    format!("{annotations}{:?} {name}<{parents}> [{}]", it.kind, members.collect::<Vec<_>>().join(" | ")).to_string()
}
