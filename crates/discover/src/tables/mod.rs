//! The collectors, one module a service: fetch apart from shaping, and each operation's rows in its own table.

use futures::future::BoxFuture;
use standfast_inventory::Scope;

use crate::Cell;

mod kms;

/// Reads one service.
#[derive(Clone, Copy)]
pub struct Collector {
    /// The service, as the SDK names it.
    pub service: &'static str,
    /// Where it is read: once for the organization (from its management account), an account, or an account and region.
    pub scope: Scope,
    /// Reads it into the cell.
    pub collect: for<'a> fn(&'a Cell) -> BoxFuture<'a, ()>,
    /// Operations that are called and feed no table of their own, such as the listing that others start from, as `service:Operation`.
    pub also_calls: &'static [&'static str],
}

impl std::fmt::Debug for Collector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Collector").field("service", &self.service).field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// Every collector.
pub const ALL: &[Collector] = &[kms::COLLECTOR];
