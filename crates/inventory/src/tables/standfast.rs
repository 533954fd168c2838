//! The ledger of a run: what was asked for, and what failed.

use crate::table::table;

table! {
    /// One unit of collection that was finished: one service in one account and region. What has no row here was not read,
    /// and whatever depends on it is unknown.
    CollectionUnit = "standfast_collection_unit", "standfast:Collect", Region, key [service] {
        /// The service, as the SDK names it, such as `kms`.
        service: String,
        /// Calls made, retries not counted.
        calls: i64,
        /// Calls that failed.
        errors: i64,
        /// Rows written.
        rows: i64,
    }
}

table! {
    /// A call that failed for good. The tables that its operation feeds, directly or further down, are unknown for that account and
    /// region, or for `resource` alone where the call was about one resource.
    CollectionError = "standfast_collection_error", "standfast:Collect", Region, key [service, operation, resource, class] {
        /// The service, as the SDK names it.
        service: String,
        /// `service:Operation`; in an import `import:` with the service, the table or the `table.column` that the files do not hold.
        operation: String,
        /// The resource that the call was about; none for a call that lists.
        resource: Option<String>,
        /// Kind of failure: `access_denied`, `throttled`, `timeout`, `connection`, `malformed`, `not_supported`, `not_available`, `server`, `other`; `not_in_files`
        /// for what an import of files cannot show.
        class: String,
        /// The service's error code, where it gave one.
        code: Option<String>,
        /// The message, cut to 500 characters.
        message: String,
    }
}
