//! Numbers and nouns in sentences.

use standfast_content::program::Program;
use standfast_content::{Control, ControlScope};

/// What the things that a control judges are called, in the plural, as they follow `31 of 214`.
pub(crate) fn noun(program: &Program, control: &Control) -> String {
    match control.scope {
        ControlScope::Organization => "organizations".to_owned(),
        ControlScope::Account => "accounts".to_owned(),
        ControlScope::Region => "regions".to_owned(),
        ControlScope::Resource => table_noun(program, &control.subject).1,
    }
}

/// One row and several rows of a table: as the program calls them, else made of the table's name.
pub(crate) fn table_noun(program: &Program, table: &str) -> (String, String) {
    let named = program
        .services
        .iter()
        .flat_map(|service| &service.tables)
        .find(|known| known.table == table);
    if let Some(known) = named {
        return (known.one.clone(), known.many.clone());
    }
    let one = table.strip_prefix("aws_").unwrap_or(table).replace('_', " ");
    let many = match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if one.ends_with('s') => one.clone(),
        _ => format!("{one}s"),
    };
    (one, many)
}

/// A number with its noun: `1 account`, `12 accounts`, `no accounts`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count)),
    }
}

/// A number in groups of three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A kebab-case name as words.
pub(crate) fn spoken(name: &str) -> String {
    name.replace('-', " ")
}

/// A sentence without its full stop, to be joined with others.
pub(crate) fn clause(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}
