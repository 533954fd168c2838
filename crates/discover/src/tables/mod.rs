//! The collectors, one module a service: fetch apart from shaping, and each operation's rows in its own table.

use futures::future::BoxFuture;
use standfast_inventory::Scope;

use crate::Cell;

mod accessanalyzer;
mod account;
mod acm;
mod cloudformation;
mod cloudtrail;
mod cloudwatch;
mod config;
pub(crate) mod ec2;
mod efs;
mod elbv2;
mod events;
mod fms;
mod guardduty;
pub(crate) mod iam;
mod iam_last_accessed;
mod identitystore;
mod kms;
mod lambda;
mod logs;
mod organizations;
mod rds;
pub(crate) mod s3;
mod s3control;
mod secretsmanager;
mod securityhub;
mod sns;
mod ssm;
mod sso_admin;
mod sts;
mod wafv2;

#[cfg(test)]
pub(crate) mod testing;

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
        formatter
            .debug_struct("Collector")
            .field("service", &self.service)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Whether a run reads a service: all but what is read on request alone, or those that are named.
pub(crate) fn is_wanted(service: &str, named: &[String], last_accessed: bool) -> bool {
    if service == LAST_ACCESSED && last_accessed {
        return true;
    }
    if named.is_empty() {
        service != LAST_ACCESSED
    } else {
        named.iter().any(|name| name == service)
    }
}

/// Read on request alone: IAM's reports of last access, under a name of their own so that a run without them leaves their table dark.
pub(crate) const LAST_ACCESSED: &str = "iam-last-accessed";

/// Every collector.
pub const ALL: &[Collector] = &[
    accessanalyzer::COLLECTOR,
    account::COLLECTOR,
    cloudformation::COLLECTOR,
    cloudtrail::COLLECTOR,
    cloudwatch::COLLECTOR,
    config::COLLECTOR,
    ec2::COLLECTOR,
    elbv2::COLLECTOR,
    events::COLLECTOR,
    fms::COLLECTOR,
    guardduty::COLLECTOR,
    iam::COLLECTOR,
    iam_last_accessed::COLLECTOR,
    identitystore::COLLECTOR,
    kms::COLLECTOR,
    lambda::COLLECTOR,
    logs::COLLECTOR,
    organizations::COLLECTOR,
    securityhub::COLLECTOR,
    sns::COLLECTOR,
    sso_admin::COLLECTOR,
    sts::COLLECTOR,
    acm::COLLECTOR,
    efs::COLLECTOR,
    rds::COLLECTOR,
    s3::COLLECTOR,
    s3control::COLLECTOR,
    secretsmanager::COLLECTOR,
    ssm::COLLECTOR,
    wafv2::COLLECTOR,
];
