//! What a snapshot leaves out, in words: the same ones on the terminal and in the report.

use standfast_model::{Account, LeftOut};

use crate::text::{count, number, printable};

/// Names that stand in a sentence.
const NAMED: usize = 6;

/// What a snapshot leaves out, a sentence for each kind; none where it holds all that there is.
pub fn left_out(left: &LeftOut) -> Vec<String> {
    let mut said = Vec::new();
    if !left.accounts.is_empty() {
        said.push(format!(
            "narrowed: {} left out ({}); nothing is said about {}",
            counted(left.accounts.len(), "account"),
            listed(left.accounts.iter().map(named)),
            them(left.accounts.len())
        ));
    }
    if !left.regions.is_empty() {
        said.push(format!(
            "narrowed: {} left out ({}); nothing is said about {}",
            counted(left.regions.len(), "enabled region"),
            listed(left.regions.iter().cloned()),
            them(left.regions.len())
        ));
    }
    if !left.services.is_empty() {
        said.push(format!(
            "narrowed: {} left out ({}); what depends on {} is unknown",
            counted(left.services.len(), "service"),
            listed(left.services.iter().cloned()),
            them(left.services.len())
        ));
    }
    if !left.suspended.is_empty() {
        said.push(format!(
            "not read, since AWS has suspended {}: {} ({})",
            them(left.suspended.len()),
            count(left.suspended.len() as u64, "account"),
            listed(left.suspended.iter().map(named))
        ));
    }
    said
}

fn counted(names: usize, noun: &str) -> String {
    let was = if names == 1 { "was" } else { "were" };
    format!("{} {was}", count(names as u64, noun))
}

const fn them(names: usize) -> &'static str {
    if names == 1 { "it" } else { "them" }
}

fn named(account: &Account) -> String {
    if account.name == account.id {
        account.id.clone()
    } else {
        format!("{} {}", account.name, account.id)
    }
}

fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let mut text = names
        .take(NAMED)
        .map(|name| printable(&name).into_owned())
        .collect::<Vec<_>>()
        .join(", ");
    if more > 0 {
        text.push_str(&format!(" and {} more", number(more as u64)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: usize) -> Account {
        Account {
            id: format!("{}", 111_122_223_333 + number),
            name: format!("team {number}"),
            organizational_unit: "Root".to_owned(),
            is_management: false,
        }
    }

    #[test]
    fn what_is_left_out_is_counted_and_named() {
        assert_eq!(left_out(&LeftOut::default()), [""; 0]);
        let left = LeftOut {
            accounts: (0..9).map(account).collect(),
            regions: vec!["sa-east-1".to_owned()],
            services: vec!["iam".to_owned(), "s3\u{1b}[2J".to_owned()],
            suspended: vec![account(9)],
        };
        assert_eq!(
            left_out(&left),
            [
                "narrowed: 9 accounts were left out (team 0 111122223333, team 1 111122223334, team 2 111122223335, \
                 team 3 111122223336, team 4 111122223337, team 5 111122223338 and 3 more); nothing is said about them",
                "narrowed: 1 enabled region was left out (sa-east-1); nothing is said about it",
                "narrowed: 2 services were left out (iam, s3\\u{1b}[2J); what depends on them is unknown",
                "not read, since AWS has suspended it: 1 account (team 9 111122223342)",
            ]
        );
    }
}
