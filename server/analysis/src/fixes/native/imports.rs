//! Adding an import. Owns where it goes among the others; must not know why it is needed.

use tree_sitter::Node;

use super::grammar::Grammar;
use super::plan::Plan;
use crate::fixes::comments::is_instruction;
use crate::fixes::file::FileText;
use crate::source::Span;

/// Adds an import, given the ways to write it: the first one, unless the file's imports start as a later one
/// does and none as the first.
pub(super) fn add(plan: &mut Plan<'_>, lines: &[String]) -> Option<()> {
    let file = plan.file;
    let statements = statements(&file);
    let starts_so = |line: &&String| statements.iter().any(|span| head_of(span.text(file.text)).0 == head_of(line).0);
    let line = lines.iter().find(starts_so).or_else(|| lines.first())?;
    let line = line.replace('\'', &plan.style.quote.to_string());
    if statements.iter().any(|span| span.text(file.text) == line) {
        return Some(());
    }
    let groups = groups(&file, &statements);
    let alike = groups.iter().max_by_key(|group| likeness(&file, group, &line));
    match alike.filter(|group| likeness(&file, group, &line) > 0) {
        Some(group) => into_group(plan, group, &line),
        None => match groups.iter().find(|group| is_one_list(&file, group, &line, groups.len() == 1)) {
            Some(group) => {
                let is_kin = |span: &Span| is_written_so(span.text(file.text), &line);
                let kin: Vec<Span> = group.iter().copied().filter(is_kin).collect();
                among(plan, &kin, &line);
            }
            None => beside_groups(plan, &groups, &line),
        },
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

/// How well an import fits into a group: the most that one of the group's does.
fn likeness(file: &FileText<'_>, group: &[Span], line: &str) -> u8 {
    group.iter().map(|span| alike(span.text(file.text), line)).max().unwrap_or_default()
}

/// How alike two imports are: of the same company or scheme (2), or at least written alike (1).
fn alike(one: &str, other: &str) -> u8 {
    let ((head, first), (other_head, other_first)) = (head_of(one), head_of(other));
    if head != other_head || names_a_path(one) != names_a_path(other) {
        return 0;
    }
    let of_a_kind = first == other_first || !(one.contains('.') && one.contains(first)) || !head.ends_with(' ');
    let is_scheme = names_a_package(one) && first != other_first;
    if first == other_first { 2 } else { u8::from(of_a_kind && !is_scheme) }
}

/// Whether a group takes whatever is written so: it is the only one, or holds imports of several companies.
fn is_one_list(file: &FileText<'_>, group: &[Span], line: &str, is_only: bool) -> bool {
    let mut kin = group.iter().map(|span| span.text(file.text)).filter(|other| is_written_so(other, line));
    let Some(first) = kin.next() else {
        return false;
    };
    is_only || kin.any(|other| head_of(other).1 != head_of(first).1)
}

/// Whether two imports say the same before the name, and neither or both name a scheme.
fn is_written_so(one: &str, other: &str) -> bool {
    head_of(one).0 == head_of(other).0 && !names_a_package(other)
}

/// What stands before an import's name, with its quote or bracket, and the name up to its first separator.
fn head_of(statement: &str) -> (&str, &str) {
    let words = ["@testable ", "import ", "static ", "class ", "struct ", "func ", "enum ", "protocol "];
    let mut name = statement.trim_start_matches(['#', '@']);
    while let Some(rest) = words.iter().find_map(|word| name.strip_prefix(word)) {
        name = rest.trim_start();
    }
    let name = name.trim_start_matches(['\'', '"', '<']);
    let end = name.find(['.', ':', '/', ';', '\'', '"', '>', ' ']).unwrap_or(name.len());
    (&statement[..statement.len() - name.len()], &name[..end])
}

/// Puts an import into a group: in its place where those like it are sorted, else behind them.
fn into_group(plan: &mut Plan<'_>, group: &[Span], line: &str) {
    let file = plan.file;
    let most = likeness(&file, group, line);
    // Where one is of the same company, the whole group may still be one list in order.
    let whole = sorted(&file, group) && group.iter().all(|span| alike(span.text(file.text), line) > 0);
    let kin: Vec<Span> =
        group.iter().copied().filter(|span| whole || alike(span.text(file.text), line) == most).collect();
    among(plan, &kin, line);
}

/// Puts an import among others: in its place where they are sorted, else behind them.
fn among(plan: &mut Plan<'_>, kin: &[Span], line: &str) {
    let file = plan.file;
    let keys: [&dyn Fn(&str) -> String; 2] = [&plain_key, &sort_key];
    let in_order = |key: &&dyn Fn(&str) -> String| is_sorted_by(&file, kin, *key);
    let order = keys.into_iter().find(in_order);
    let next = order.and_then(|key| kin.iter().find(|span| key(span.text(file.text)) > key(line)));
    match next {
        Some(next) => {
            let at = file.line_start(next.start as usize);
            plan.replace(at, at, format!("{line}{}", plan.style.line_end));
        }
        None => behind(plan, kin.last().map_or(0, |last| last.end as usize), line, ""),
    }
}

fn sorted(file: &FileText<'_>, group: &[Span]) -> bool {
    is_sorted_by(file, group, &plain_key) || is_sorted_by(file, group, &sort_key)
}

fn is_sorted_by(file: &FileText<'_>, group: &[Span], key: &dyn Fn(&str) -> String) -> bool {
    let keys: Vec<String> = group.iter().map(|span| key(span.text(file.text))).collect();
    keys.windows(2).all(|pair| pair[0] <= pair[1])
}

/// What an import is sorted by where capitals stand before small letters.
fn plain_key(statement: &str) -> String {
    statement.trim_end_matches(';').chars().filter(|character| !"'\"<>".contains(*character)).collect()
}

/// What an import is sorted by where they do not.
fn sort_key(statement: &str) -> String {
    plain_key(statement).to_lowercase()
}

/// Puts an import beside groups that it fits into none of: before the first whose imports sort behind it.
fn beside_groups(plan: &mut Plan<'_>, groups: &[Vec<Span>], line: &str) {
    let file = plan.file;
    let line_end = plan.style.line_end;
    let Some(last) = groups.last().and_then(|group| group.last()) else {
        at_top(plan, line);
        return;
    };
    // Packages stand before what a file takes from its own project by a path.
    let goes_behind = |span: &&Span| {
        let other = span.text(file.text);
        if names_a_package(line) { names_a_path(other) } else { sort_key(other) > sort_key(line) }
    };
    let firsts: Vec<Span> = groups.iter().filter_map(|group| group.first().copied()).collect();
    let is_like_them = firsts.iter().all(|first| is_written_so(first.text(file.text), line));
    let is_ordered = names_a_package(line) || (is_like_them && sorted(&file, &firsts));
    if let Some(next) = firsts.iter().find(goes_behind).filter(|_| is_ordered) {
        let at = file.line_start(next.start as usize);
        plan.replace(at, at, format!("{line}{line_end}{line_end}"));
        return;
    }
    let keeps_apart = groups.len() > 1 || names_a_package(line);
    behind(plan, last.end as usize, line, if keeps_apart { line_end } else { "" });
}

/// Puts the file's first import.
fn at_top(plan: &mut Plan<'_>, line: &str) {
    let file = plan.file;
    let line_end = plan.style.line_end;
    let at = top_of_file(&file, plan.grammar);
    let follows = file.between(at, file.line_end(at)).trim();
    let gap = if follows.is_empty() { "" } else { line_end };
    let before = file.text.get(..at).unwrap_or_default();
    let break_before = if before.is_empty() || before.ends_with('\n') { "" } else { line_end };
    let touches =
        !before.is_empty() && !before.trim_end_matches(['\r', ' ']).ends_with("\n\n") && !before.ends_with("\r\n\r\n");
    let lead = if touches { line_end } else { "" };
    plan.replace(at, at, format!("{break_before}{lead}{line}{line_end}{gap}"));
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
    let line_end = plan.style.line_end;
    let rest = file.between(end, file.line_end(end));
    let follows = rest.trim_start();
    if !follows.is_empty() && !follows.starts_with("//") && !follows.starts_with("/*") {
        // What follows on its line may be the start of a class, and the line behind it inside.
        let blanks = rest.len() - follows.len();
        plan.replace(end, end + blanks, format!("{line_end}{gap}{line}{line_end}"));
        return;
    }
    let at = file.next_line(end);
    let text =
        if at == file.line_end(end) { format!("{line_end}{gap}{line}") } else { format!("{gap}{line}{line_end}") };
    plan.replace(at, at, text);
}

/// The start of the line behind the comments that head the file and the package that it says it is of. A
/// block of comments right above the code is the code's.
pub(in crate::fixes) fn top_of_file(file: &FileText<'_>, grammar: &Grammar) -> usize {
    let root = file.tree.root_node();
    let mut cursor = root.walk();
    let mut at = 0;
    let mut has_head = false;
    for child in root.named_children(&mut cursor) {
        let next = file.next_line(child.end_byte());
        if grammar.heads.contains(&child.kind()) {
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
