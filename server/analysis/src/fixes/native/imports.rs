//! Adding an import. Owns where it goes among the others; must not know why it is needed.

use tree_sitter::Node;

use super::plan::Plan;
use crate::fixes::comments::is_instruction;
use crate::fixes::file::FileText;
use crate::source::Span;

/// Adds an import, given the ways to write it: the first one, unless the file's imports start as a later one
/// does and none as the first.
pub(super) fn add(plan: &mut Plan<'_>, lines: &[String]) -> Option<()> {
    let file = plan.file;
    let statements = statements(&file);
    let starts_so = |line: &str| {
        let word = line.split(' ').next().unwrap_or_default();
        statements.iter().any(|span| span.text(file.text).split(' ').next() == Some(word))
    };
    let line = lines.iter().find(|line| starts_so(line)).or_else(|| lines.first())?;
    let line = line.replace('\'', &plan.style.quote.to_string());
    if statements.iter().any(|span| span.text(file.text) == line) {
        return Some(());
    }
    let groups = groups(&file, &statements);
    let group = groups.iter().filter(|group| likeness(&file, group, &line) > 0);
    match group.max_by_key(|group| likeness(&file, group, &line)) {
        Some(group) => into_group(plan, group, &line),
        None => beside_groups(plan, &groups, &line),
    }
    Some(())
}

/// The import statements of a file, each once, in order, without the line break that some grammars count in.
fn statements(file: &FileText<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for import in &file.lowered.imports {
        let text = import.span.text(file.text);
        let span = Span::from(import.span.start as usize..import.span.start as usize + text.trim_end().len());
        let is_statement = file.starts_line(span.start as usize) && text.contains("import");
        if is_statement && !spans.contains(&span) {
            spans.push(span);
        }
    }
    spans.sort_by_key(|span| span.start);
    spans
}

/// Imports that stand line by line.
fn groups(file: &FileText<'_>, statements: &[Span]) -> Vec<Vec<Span>> {
    let mut groups: Vec<Vec<Span>> = Vec::new();
    for span in statements {
        let follows = groups.last().and_then(|group| group.last()).is_some_and(|last| {
            let between = file.between(last.end as usize, span.start as usize);
            between.trim().is_empty() && between.matches('\n').count() == 1
        });
        match groups.last_mut().filter(|_| follows) {
            Some(group) => group.push(*span),
            None => groups.push(vec![*span]),
        }
    }
    groups
}

/// How well an import fits into a group: whether the group's imports start with the same words and name.
fn likeness(file: &FileText<'_>, group: &[Span], line: &str) -> usize {
    let (head, first) = head_of(line);
    let fit = |span: &Span| {
        let (other_head, other_first) = head_of(span.text(file.text));
        match (other_head == head, other_first == first) {
            (true, true) => 2,
            (true, false) if !first.is_empty() && is_alone(first) => 1,
            _ => 0,
        }
    };
    group.iter().map(fit).max().unwrap_or_default()
}

/// Whether a name is a module's whole name, so that every group of such imports takes it.
fn is_alone(first: &str) -> bool {
    first.chars().all(char::is_alphanumeric) && first.starts_with(char::is_uppercase)
}

/// What stands before an import's name, with its quote or bracket, and the name up to its first separator.
fn head_of(statement: &str) -> (&str, &str) {
    let name_at = statement.rfind([' ', '\t']).filter(|_| !statement.contains(" as ") && !statement.contains(" show "));
    let name_at = name_at.or_else(|| statement.find(' ')).map_or(0, |at| at + 1);
    let name = &statement[name_at..];
    let open = name.len() - name.trim_start_matches(['\'', '"', '<']).len();
    let (head, rest) = statement.split_at(name_at + open);
    let end = rest.find(['.', ':', '/', ';', '\'', '"', '>']).unwrap_or(rest.len());
    let first = &rest[..end];
    // A relative path of Dart has no scheme, and a Swift module no separator at all.
    (head, first)
}

/// Puts an import into a group: in its place where the group is sorted, else at its end.
fn into_group(plan: &mut Plan<'_>, group: &[Span], line: &str) {
    let file = plan.file;
    let key = sort_key(line);
    let keys: Vec<String> = group.iter().map(|span| sort_key(span.text(file.text))).collect();
    let is_sorted = keys.windows(2).all(|pair| pair[0] <= pair[1]);
    let next = keys.iter().position(|other| *other > key).filter(|_| is_sorted && group.len() > 1);
    let next = next.or_else(|| (group.len() == 1 && keys.first().is_some_and(|other| *other > key)).then_some(0));
    match next.and_then(|index| group.get(index)) {
        Some(next) => {
            let at = file.line_start(next.start as usize);
            plan.replace(at, at, format!("{line}{}", plan.style.line_end));
        }
        None => behind(plan, group.last().map_or(0, |last| last.end as usize), line, ""),
    }
}

fn sort_key(statement: &str) -> String {
    let statement = statement.trim_end_matches(';');
    statement.chars().filter(|character| !"'\"<>".contains(*character)).collect::<String>().to_lowercase()
}

/// Puts an import between groups that it fits into none of: before the first whose imports sort behind it.
fn beside_groups(plan: &mut Plan<'_>, groups: &[Vec<Span>], line: &str) {
    let file = plan.file;
    let line_end = plan.style.line_end;
    let Some(last) = groups.last().and_then(|group| group.last()) else {
        let at = top_of_file(plan);
        let follows = file.between(at, file.line_end(at)).trim();
        let gap = if follows.is_empty() { "" } else { line_end };
        let before = file.text.get(..at).unwrap_or_default();
        let needs_break = !before.is_empty() && !before.ends_with('\n');
        let lead = if needs_break { line_end } else { "" };
        plan.replace(at, at, format!("{lead}{line}{line_end}{gap}"));
        return;
    };
    // Packages stand before what a file takes from its own project by a path.
    let is_relative = |group: &&Vec<Span>| group.first().is_some_and(|span| names_a_path(span.text(file.text)));
    let keeps_apart = groups.len() > 1;
    if let Some(first) =
        groups.iter().find(is_relative).and_then(|group| group.first()).filter(|_| names_a_package(line))
    {
        let at = file.line_start(first.start as usize);
        plan.replace(at, at, format!("{line}{line_end}{}", if keeps_apart { line_end } else { "" }));
        return;
    }
    let gap = if keeps_apart || names_a_package(line) { line_end } else { "" };
    behind(plan, last.end as usize, line, gap);
}

fn names_a_path(statement: &str) -> bool {
    let name = statement.split(['\'', '"']).nth(1).unwrap_or_default();
    !name.is_empty() && !name.contains(':')
}

fn names_a_package(statement: &str) -> bool {
    let name = statement.split(['\'', '"']).nth(1).unwrap_or_default();
    name.contains(':')
}

/// Puts an import on the line behind one that ends at an offset, `gap` between them.
fn behind(plan: &mut Plan<'_>, end: usize, line: &str, gap: &str) {
    let file = plan.file;
    let at = file.next_line(end);
    let line_end = plan.style.line_end;
    let text =
        if at == file.line_end(end) { format!("{line_end}{gap}{line}") } else { format!("{gap}{line}{line_end}") };
    plan.replace(at, at, text);
}

/// The start of the line behind the comments that head the file and the package that it says it is of. A
/// block of comments right above the code is the code's.
fn top_of_file(plan: &Plan<'_>) -> usize {
    let file = &plan.file;
    let root = file.tree.root_node();
    let mut cursor = root.walk();
    let mut at = 0;
    let mut has_head = false;
    for child in root.named_children(&mut cursor) {
        let next = file.next_line(child.end_byte());
        if plan.grammar.heads.contains(&child.kind()) {
            (at, has_head) = (next, true);
        } else if is_comment(child) {
            let follows = file.between(next, file.line_end(next)).trim();
            let is_header = follows.is_empty() && !is_instruction(file.of(child)) && !has_head;
            if is_header {
                at = next;
            } else if has_head {
                break;
            }
        } else {
            break;
        }
    }
    let blank = file.between(at, file.line_end(at)).trim().is_empty() && at > 0 && at < file.text.len();
    if blank { file.next_line(at) } else { at }
}

fn is_comment(node: Node<'_>) -> bool {
    node.is_extra() || node.kind().contains("comment")
}
