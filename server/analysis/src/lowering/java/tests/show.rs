//! Writes an outline short, so that a test can hold it beside the text.

use crate::lowering::outline::*;

/// Statements, one behind the other.
pub(super) fn statements(list: &[Statement]) -> String {
    list.iter().map(|it| expression(&it.does)).collect::<Vec<_>>().join(" ")
}

/// One expression.
pub(super) fn expression(it: &Expression) -> String {
    match &it.form {
        Form::Null => "null".into(),
        Form::Boolean(value) => value.to_string(),
        Form::Number(number) => number.to_string(),
        Form::Text(text) => format!("{text:?}"),
        Form::Template(text, holes) => format!("template({text:?}, {})", expressions(holes)),
        Form::Name(name) => name.to_string(),
        Form::This => "this".into(),
        Form::Super => "super".into(),
        Form::Member(member) => match &member.object {
            Some(object) => format!("{}.{}", expression(object), member.name),
            None => format!(".{}", member.name),
        },
        Form::Index(object, index) => format!("{}[{}]", expression(object), expression(index)),
        Form::Call(call) => {
            let new = if call.construct { "new " } else { "" };
            format!("{new}{}({})", expression(&call.callee), arguments(&call.arguments))
        }
        Form::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{}: {}", expression(key), expression(value)));
            format!("map({})", pairs.collect::<Vec<_>>().join(", "))
        }
        Form::List(list) => format!("list({})", expressions(list)),
        Form::Closure(function) => format!("closure{}", function_rest(function)),
        Form::Reference(inside) => format!("reference({})", expression(inside)),
        Form::Type(name) => format!("type({})", dotted(name)),
        Form::Not(inside) => format!("!{}", expression(inside)),
        Form::And(left, right) => format!("({} && {})", expression(left), expression(right)),
        Form::Or(left, right) => format!("({} || {})", expression(left), expression(right)),
        Form::Compare(compare) => {
            let (left, right) = (expression(&compare.left), expression(&compare.right));
            match compare.relation {
                Comparison::Equal => format!("({left} == {right})"),
                Comparison::Different => format!("({left} != {right})"),
                Comparison::Other => format!("({left} ? {right})"),
            }
        }
        Form::Bind(bind) => format!("bind({} = {})", variables(&bind.names), expression(&bind.value)),
        Form::Assign(target, value, compound) => {
            let sign = if *compound { "+=" } else { "=" };
            format!("{} {sign} {}", expression(target), expression(value))
        }
        Form::All(parts) => format!("all({})", expressions(parts)),
        Form::Block(inside) => block(inside),
        Form::If(it) => {
            let behind = if it.binds_behind { " behind" } else { "" };
            let otherwise = it.otherwise.as_ref().map(|it| format!(" else {}", block(it))).unwrap_or_default();
            format!("if{behind} {} {}{otherwise}", expression(&it.condition), block(&it.then))
        }
        Form::Switch(it) => switch(it),
        Form::Loop(it) => one_loop(it),
        Form::Labelled(label, inside) => format!("{label}: {}", expression(inside)),
        Form::Attempt(it) => attempt(it),
        Form::Return(value, _) => format!("return({})", optional(value.as_deref())),
        Form::Throw(value) => format!("throw({})", optional(value.as_deref())),
        Form::Break(label) => format!("break({})", label.as_deref().unwrap_or_default()),
        Form::Continue(label) => format!("continue({})", label.as_deref().unwrap_or_default()),
        Form::Declare(list) => list.iter().map(declaration).collect::<Vec<_>>().join(", "),
        Form::Function(function) => self::function(function),
        Form::Class(class) => self::class(class),
        Form::Nothing => "nothing".into(),
        Form::Broken => "broken".into(),
        other => format!("{other:?}"),
    }
}

fn expressions(list: &[Expression]) -> String {
    list.iter().map(expression).collect::<Vec<_>>().join(", ")
}

fn arguments(list: &[ArgumentForm]) -> String {
    list.iter().map(|it| expression(&it.value)).collect::<Vec<_>>().join(", ")
}

fn optional(it: Option<&Expression>) -> String {
    it.map(expression).unwrap_or_default()
}

fn dotted(name: &TypeName) -> String {
    name.parts.join(".")
}

fn variable(it: &Variable) -> String {
    let type_name = it.type_name.as_ref().map(|it| format!(":{}", dotted(it))).unwrap_or_default();
    format!("{}{type_name}", it.name)
}

fn variables(list: &[Variable]) -> String {
    list.iter().map(variable).collect::<Vec<_>>().join(", ")
}

fn declaration(it: &Declaration) -> String {
    format!("let {} = {}", variables(&it.names), optional(it.value.as_ref()))
}

/// A block; one without braces is written with `~`.
fn block(it: &Block) -> String {
    let mark = if it.braceless { "~" } else { "" };
    format!("{mark}{{ {} }}", statements(&it.statements))
}

fn switch(it: &Switch) -> String {
    let cases = it.cases.iter().map(|case| {
        let patterns = case.patterns.iter().map(|pattern| match pattern {
            Pattern::Equals(value) => expression(value),
            Pattern::Holds(value) => format!("holds {}", expression(value)),
            Pattern::Other(names) => format!("other({})", variables(names)),
        });
        let patterns = patterns.collect::<Vec<_>>().join(", ");
        let guard = case.guard.as_ref().map(|it| format!(" when {}", expression(it))).unwrap_or_default();
        let falls = if case.falls_through { " falls" } else { "" };
        format!("case({patterns}){guard} {}{falls}", block(&case.body))
    });
    let whole = if it.exhaustive { " whole" } else { "" };
    format!("switch{whole} {} {{ {} }}", optional(it.subject.as_ref()), cases.collect::<Vec<_>>().join("; "))
}

fn one_loop(it: &Loop) -> String {
    let kind = if it.asks_behind { "do" } else { "loop" };
    let each =
        it.elements.as_ref().map(|elements| format!(" each {} in {}", variables(&it.names), expression(elements)));
    let start = if it.start.is_empty() { String::new() } else { format!(" start {}", expressions(&it.start)) };
    let asked = it.condition.as_ref().map(|it| format!(" while {}", expression(it))).unwrap_or_default();
    let update = if it.update.is_empty() { String::new() } else { format!(" update {}", expressions(&it.update)) };
    format!("{kind}{}{start}{asked}{update} {}", each.unwrap_or_default(), block(&it.body))
}

fn attempt(it: &Attempt) -> String {
    let with = if it.resources.is_empty() { String::new() } else { format!(" with {}", statements(&it.resources)) };
    let catches = it.catches.iter().map(|handler| {
        let all = if handler.takes_all { " all" } else { "" };
        format!(" catch{all} {} {}", variables(&handler.names), block(&handler.body))
    });
    let catches: String = catches.collect();
    let finally = it.finally.as_ref().map(|it| format!(" finally {}", block(it))).unwrap_or_default();
    format!("try{with} {}{catches}{finally}", block(&it.body))
}

fn function(it: &Function) -> String {
    let kind = format!("{:?}", it.kind).to_lowercase();
    let marks = [(it.is_static, "static "), (it.is_private, "private ")];
    let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
    let annotations: String = it.annotations.iter().map(|it| format!("@{it} ")).collect();
    format!("{annotations}{marks}{kind} {}{}", it.name.as_deref().unwrap_or_default(), function_rest(it))
}

fn function_rest(it: &Function) -> String {
    let parameters: Vec<String> = it.parameters.iter().map(|it| variable(&it.variable)).collect();
    let returns = it.returns.as_ref().map(|it| format!(" -> {}", dotted(it))).unwrap_or_default();
    let body = match &it.body {
        FunctionBody::None | FunctionBody::Kept(_) => String::new(),
        FunctionBody::Block(inside) => format!(" {}", block(inside)),
        FunctionBody::Expression(value) => format!(" = {}", expression(value)),
    };
    format!("({}){returns}{body}", parameters.join(", "))
}

fn class(it: &ClassForm) -> String {
    let kind = format!("{:?}", it.kind).to_lowercase();
    let parents: Vec<String> = it.parents.iter().map(dotted).collect();
    let parents = if parents.is_empty() { String::new() } else { format!(" : {}", parents.join(", ")) };
    let passed =
        if it.parent_arguments.is_empty() { String::new() } else { format!("({})", arguments(&it.parent_arguments)) };
    let head: Vec<String> = it.parameters.iter().map(|it| variable(&it.variable)).collect();
    let head = if head.is_empty() { String::new() } else { format!("({})", head.join(", ")) };
    let annotations: String = it.annotations.iter().map(|it| format!("@{it} ")).collect();
    let members: Vec<String> = it.members.iter().map(member).collect();
    let name = it.name.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
    format!("{annotations}{kind}{name}{head}{parents}{passed} {{ {} }}", members.join("; "))
}

fn member(it: &MemberForm) -> String {
    match it {
        MemberForm::Function(it) => function(it),
        MemberForm::Initialiser(it, is_static) => {
            format!("init{} {}", if *is_static { " static" } else { "" }, block(it))
        }
        MemberForm::Class(it) => class(it),
        MemberForm::Case(it) => format!("case {}", variable(it)),
        MemberForm::Field(it) => {
            let marks = [(it.is_static, "static "), (it.is_private, "private "), (it.is_mutable, "mutable ")];
            let marks: String = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
            format!("{marks}field {} = {}", variable(&it.variable), optional(it.value.as_ref()))
        }
    }
}
