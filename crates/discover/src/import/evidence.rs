//! What a survey of the files found: accounts, regions, what is recorded, and which of several items of a resource counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use super::ImportError;
use super::iam_details::{DetailKind, Document};

/// Where an item stands and when it was taken; the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen {
    /// When it was taken, in microseconds.
    pub(super) captured: i64,
    /// Number of the file.
    pub(super) file: usize,
    /// Place in the file.
    pub(super) order: usize,
}

/// The item that counts of each resource: some 50 bytes a resource, whatever the size of its item.
#[derive(Debug, Default)]
pub(super) struct Index(HashMap<[u8; 16], Seen>);

impl Index {
    fn key(account: &str, region: &str, kind: &str, identity: &str) -> [u8; 16] {
        let mut digest = Sha256::new();
        for part in [account, region, kind, identity] {
            digest.update(part);
            digest.update([0]);
        }
        let mut key = [0; 16];
        for (to, from) in key.iter_mut().zip(digest.finalize()) {
            *to = from;
        }
        key
    }

    pub(super) fn add(&mut self, account: &str, region: &str, kind: &str, identity: &str, seen: Seen) {
        let best = self.0.entry(Self::key(account, region, kind, identity)).or_insert(seen);
        *best = seen.max(*best);
    }

    pub(super) fn counts(
        &self,
        account: &str,
        region: &str,
        kind: &str,
        identity: &str,
        file: usize,
        order: usize,
    ) -> bool {
        self.0
            .get(&Self::key(account, region, kind, identity))
            .is_some_and(|best| (best.file, best.order) == (file, order))
    }
}

/// What the IAM details of an account showed.
#[derive(Debug, Default)]
struct Details {
    kinds: BTreeSet<DetailKind>,
    whole_documents: u64,
    /// Lists that a whole document had, be they empty.
    lists: BTreeSet<DetailKind>,
    /// A policy of AWS was listed: the call was not narrowed to what the account made itself.
    aws_policies: bool,
}

/// What the files show.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    partition: Option<String>,
    accounts: BTreeMap<String, BTreeSet<String>>,
    kinds: BTreeMap<(String, String), BTreeSet<&'static str>>,
    details: BTreeMap<String, Details>,
}

impl Evidence {
    /// Takes the partition from an ARN; all files must be of one.
    pub(super) fn partition(&mut self, arn: Option<&str>) -> Result<(), String> {
        let Some(found) = arn.and_then(|arn| arn.strip_prefix("arn:")?.split(':').next()) else {
            return Ok(());
        };
        match &self.partition {
            None => self.partition = Some(found.to_owned()),
            Some(partition) if partition == found => {}
            Some(partition) => return Err(format!("an item of partition `{found}` among those of `{partition}`")),
        }
        Ok(())
    }

    pub(super) fn the_partition(&self) -> &str {
        self.partition.as_deref().unwrap_or("aws")
    }

    pub(super) fn region(&mut self, account: &str, region: &str) {
        let regions = self.accounts.entry(account.to_owned()).or_default();
        if region != "global" {
            regions.insert(region.to_owned());
        }
    }

    /// A type of which an account and region shows that it is recorded.
    pub(super) fn kind(&mut self, account: &str, region: &str, kind: &'static str) {
        self.kinds
            .entry((account.to_owned(), region.to_owned()))
            .or_default()
            .insert(kind);
    }

    pub(super) fn detail(&mut self, account: &str, kind: DetailKind) {
        self.accounts.entry(account.to_owned()).or_default();
        self.details.entry(account.to_owned()).or_default().kinds.insert(kind);
    }

    pub(super) fn document(&mut self, document: Document) {
        let Some(account) = document.account else { return };
        let details = self.details.entry(account).or_default();
        details.aws_policies |= document.aws_policies;
        details.lists.extend(document.lists);
        details.whole_documents += u64::from(!document.is_cut_off);
    }

    /// A listing without its last page would look like a small account.
    pub(super) fn check_pages(&self) -> Result<(), ImportError> {
        match self.details.iter().find(|(_, details)| details.whole_documents == 0) {
            None => Ok(()),
            Some((account_id, _)) => Err(ImportError::PagesMissing {
                account_id: account_id.clone(),
            }),
        }
    }

    /// Accounts with their regions.
    pub(super) fn accounts(&self) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        self.accounts.iter().map(|(id, regions)| (id.as_str(), regions))
    }

    pub(super) fn has_details(&self, account: &str) -> bool {
        self.details.contains_key(account)
    }

    /// Whether a type is recorded in an account and region.
    pub(super) fn shows(&self, account: &str, region: &str, kind: &str) -> bool {
        self.kinds
            .get(&(account.to_owned(), region.to_owned()))
            .is_some_and(|kinds| kinds.contains(kind))
    }

    /// Whether the IAM details of an account list everything of a kind. An empty list may come of a call that was narrowed by
    /// `--filter`; with roles and policies of AWS beside it, it does not.
    pub(super) fn details_show(&self, account: &str, kind: DetailKind) -> bool {
        self.details.get(account).is_some_and(|details| {
            let all_was_asked_for = details.aws_policies && details.kinds.contains(&DetailKind::Role);
            details.kinds.contains(&kind) || (all_was_asked_for && details.lists.contains(&kind))
        })
    }
}
