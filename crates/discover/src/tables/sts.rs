//! AWS Security Token Service.

use standfast_inventory::Scope;
use standfast_inventory::tables::sts::StsCallerIdentity;

use super::Collector;
use crate::Cell;
use crate::cell::client;

pub(super) const COLLECTOR: Collector = Collector {
    service: "sts",
    scope: Scope::Account,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let sts = client!(cell, aws_sdk_sts);
    let identity = cell
        .call("sts:GetCallerIdentity", None, sts.get_caller_identity().send())
        .await;
    let Some(identity) = identity else { return };
    if let Some(arn) = identity.arn {
        cell.row(&StsCallerIdentity {
            arn,
            user_id: identity.user_id,
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tables::testing::replay;

    #[tokio::test]
    async fn the_principal_of_the_run_is_kept() {
        let seen = replay(COLLECTOR, "sts/identity.toml").await;
        assert_eq!(seen.errors, Vec::<serde_json::Value>::new());
        assert_eq!(seen.rows["aws_sts_caller_identity"].len(), 1);
        assert_eq!(
            seen.rows["aws_sts_caller_identity"][0]["arn"],
            json!("arn:aws:sts::111122223333:assumed-role/reader/standfast")
        );
    }
}
