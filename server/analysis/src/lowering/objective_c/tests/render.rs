//! An outline as short text, for the tests' expectations. Must not know any grammar.

use crate::lowering::outline::*;

/// One line for each statement of a block, without spans.
pub(super) fn statements(statements: &[Statement]) -> Vec<String> {
    statements.iter().map(|statement| expression(&statement.does)).collect()
}

fn block(it: &Block) -> String {
    let marks = if it.braceless { ("<", ">") } else { ("{", "}") };
    format!("{}{}{}", marks.0, statements(&it.statements).join("; "), marks.1)
}

fn list(expressions: &[Expression]) -> String {
    expressions.iter().map(expression).collect::<Vec<_>>().join(", ")
}

fn variable(it: &Variable) -> String {
    match &it.type_name {
        Some(written) => format!("{}: {}", it.name, written.parts.join(".")),
        None => it.name.to_string(),
    }
}

fn variables(names: &[Variable]) -> String {
    names.iter().map(variable).collect::<Vec<_>>().join(", ")
}

/// A function's head and body.
pub(super) fn function(it: &Function) -> String {
    let parameters: Vec<String> = it.parameters.iter().map(|parameter| variable(&parameter.variable)).collect();
    let body = match &it.body {
        FunctionBody::None | FunctionBody::Kept(_) => String::new(),
        FunctionBody::Block(body) => format!(" {}", block(body)),
        FunctionBody::Expression(value) => format!(" = {}", expression(value)),
    };
    let name = it.name.as_deref().unwrap_or("^");
    let returns = it.returns.as_ref().map(|it| format!(" -> {}", it.parts.join("."))).unwrap_or_default();
    let mark = if it.is_static { "+" } else { "" };
    format!("{mark}{name}({}){returns}{body}", parameters.join(", "))
}

/// A class's head and members.
pub(super) fn class(it: &ClassForm) -> String {
    let parents: Vec<String> = it.parents.iter().map(|parent| parent.parts.join(".")).collect();
    let members: Vec<String> = it
        .members
        .iter()
        .map(|member| match member {
            MemberForm::Function(it) => function(it),
            MemberForm::Field(it) => variable(&it.variable),
            other => format!("{other:?}"),
        })
        .collect();
    let name = it.name.as_deref().unwrap_or_default();
    format!("{:?} {name} : {} [{}]", it.kind, parents.join(", "), members.join(" | "))
}

fn call(it: &CallForm) -> String {
    let arguments: Vec<String> = it
        .arguments
        .iter()
        .map(|argument| match &argument.label {
            Some(label) => format!("{label}: {}", expression(&argument.value)),
            None => expression(&argument.value),
        })
        .collect();
    let new = if it.construct { "new " } else { "" };
    format!("{new}{}({})", expression(&it.callee), arguments.join(", "))
}

/// An expression.
pub(super) fn expression(it: &Expression) -> String {
    match &it.form {
        Form::Null => "nil".into(),
        Form::Boolean(value) => value.to_string(),
        Form::Number(value) => value.to_string(),
        Form::Text(value) => format!("'{value}'"),
        Form::Template(value, _) => format!("`{value}`"),
        Form::Name(name) => name.to_string(),
        Form::This => "self".into(),
        Form::Super => "super".into(),
        Form::Member(it) => format!("{}.{}", it.object.as_ref().map(expression).unwrap_or_default(), it.name),
        Form::Index(object, index) => format!("{}[{}]", expression(object), expression(index)),
        Form::Call(it) => call(it),
        Form::Map(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(k, v)| format!("{}: {}", expression(k), expression(v))).collect();
            format!("@{{{}}}", pairs.join(", "))
        }
        Form::List(values) => format!("@[{}]", list(values)),
        Form::Closure(it) => function(it),
        Form::Reference(it) => format!("&{}", expression(it)),
        Form::Type(it) => format!("type {}", it.parts.join(".")),
        Form::Not(it) => format!("!{}", expression(it)),
        Form::And(left, right) => format!("({} && {})", expression(left), expression(right)),
        Form::Or(left, right) => format!("({} || {})", expression(left), expression(right)),
        Form::Fallback(left, right) => format!("({} ?? {})", expression(left), expression(right)),
        Form::Compare(it) => format!("({} {:?} {})", expression(&it.left), it.relation, expression(&it.right)),
        Form::Assign(left, right, compound) => {
            format!("{} {}= {}", expression(left), if *compound { "+" } else { "" }, expression(right))
        }
        Form::All(parts) => format!("all({})", list(parts)),
        Form::Block(it) => block(it),
        Form::If(it) => {
            let otherwise = it.otherwise.as_ref().map(|it| format!(" else {}", block(it))).unwrap_or_default();
            format!("if {} {}{otherwise}", expression(&it.condition), block(&it.then))
        }
        Form::Switch(it) => switch(it),
        Form::Loop(it) => looped(it),
        Form::Labelled(name, it) => format!("{name}: {}", expression(it)),
        Form::Attempt(it) => attempt(it),
        Form::Return(value, _) => format!("return {}", value.as_ref().map(|it| expression(it)).unwrap_or_default()),
        Form::Throw(value) => format!("throw {}", value.as_ref().map(|it| expression(it)).unwrap_or_default()),
        Form::Break(label) => format!("break {}", label.as_deref().unwrap_or_default()),
        Form::Continue(_) => "continue".into(),
        Form::Declare(declarations) => {
            let one = |it: &Declaration| {
                let value = it.value.as_ref().map(|value| format!(" = {}", expression(value))).unwrap_or_default();
                format!("{}{value}", variables(&it.names))
            };
            format!("let {}", declarations.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        Form::Function(it) => format!("func {}", function(it)),
        Form::Class(it) => class(it),
        Form::Broken => "BROKEN".into(),
        other => format!("{other:?}"),
    }
}

fn switch(it: &Switch) -> String {
    let cases: Vec<String> = it
        .cases
        .iter()
        .map(|case| {
            let patterns: Vec<String> = case
                .patterns
                .iter()
                .map(|pattern| match pattern {
                    Pattern::Equals(value) | Pattern::Holds(value) => expression(value),
                    Pattern::Other(names) => variables(names),
                })
                .collect();
            let falls = if case.falls_through { "…" } else { "" };
            format!("case {} {}{falls}", patterns.join(", "), block(&case.body))
        })
        .collect();
    let subject = it.subject.as_ref().map(expression).unwrap_or_default();
    format!("switch {subject} [{}]{}", cases.join(" "), if it.exhaustive { "!" } else { "" })
}

fn looped(it: &Loop) -> String {
    let elements = it.elements.as_ref().map(|it| format!(" in {}", expression(it))).unwrap_or_default();
    let condition = it.condition.as_ref().map(|it| format!(" while {}", expression(it))).unwrap_or_default();
    let behind = if it.asks_behind { " behind" } else { "" };
    format!(
        "loop {}{}{elements}{condition}{behind} {} {}",
        list(&it.start),
        variables(&it.names),
        list(&it.update),
        block(&it.body)
    )
}

fn attempt(it: &Attempt) -> String {
    let catches: Vec<String> = it
        .catches
        .iter()
        .map(|it| format!(" catch {}{} {}", variables(&it.names), if it.takes_all { "*" } else { "" }, block(&it.body)))
        .collect();
    let finally = it.finally.as_ref().map(|it| format!(" finally {}", block(it))).unwrap_or_default();
    format!("try {}{}{finally}", block(&it.body), catches.join(""))
}
