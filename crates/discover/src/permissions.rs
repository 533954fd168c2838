//! The least IAM policy that a run needs, derived from the operations that tables and collectors declare.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use standfast_inventory::tables as inventory;

use crate::tables;

/// Operations whose permission has another name. Source: the service authorization reference,
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarms"),
    ("lambda:GetFunctionUrlConfig", "lambda:GetFunctionUrlConfig"),
    ("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
    ("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
    ("s3:GetBucketReplication", "s3:GetReplicationConfiguration"),
    ("s3:GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"),
    ("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
    ("s3:HeadBucket", "s3:ListBucket"),
    ("s3:ListBuckets", "s3:ListAllMyBuckets"),
    ("s3control:GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock"),
];

/// Services whose permissions stand under another prefix than the one that their SDK has.
const OTHER_PREFIXES: &[(&str, &str)] = &[
    ("accessanalyzer", "access-analyzer"),
    ("efs", "elasticfilesystem"),
    ("elbv2", "elasticloadbalancing"),
    ("iam-last-accessed", "iam"),
    ("s3control", "s3"),
    ("sso-admin", "sso"),
];

/// Called before anything can be read.
const ALWAYS: &[&str] = &[
    "ec2:DescribeRegions",
    "organizations:DescribeOrganization",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListRoots",
];

/// The IAM actions of a run over these services (all, if none are named), sorted.
/// `last_accessed` adds what the reports of last access take.
pub fn read_actions(services: &[String], last_accessed: bool) -> BTreeSet<String> {
    let wanted = |service: &str| tables::is_wanted(service, services, last_accessed);
    let mut operations: BTreeSet<&str> = ALWAYS.iter().copied().collect();
    for collector in tables::ALL.iter().filter(|collector| wanted(collector.service)) {
        operations.extend(collector.also_calls);
    }
    for table in inventory::ALL
        .iter()
        .filter(|table| table.service() != "standfast" && wanted(table.service()))
    {
        operations.insert(table.operation);
        operations.extend(table.after);
    }
    // Everybody may ask who they are.
    operations
        .into_iter()
        .map(action_of)
        .filter(|action| action != "sts:GetCallerIdentity")
        .collect()
}

/// The IAM action that allows an operation.
fn action_of(operation: &str) -> String {
    if let Some((_, action)) = OTHER_NAMES.iter().find(|(name, _)| *name == operation) {
        return (*action).to_owned();
    }
    match operation.split_once(':') {
        Some((service, name)) => {
            let prefix = OTHER_PREFIXES
                .iter()
                .find(|(sdk, _)| *sdk == service)
                .map_or(service, |(_, prefix)| prefix);
            format!("{prefix}:{name}")
        }
        None => operation.to_owned(),
    }
}

/// The identity policy for the principal that runs `discover`: every read in its own account, and the role in the others.
pub fn policy(services: &[String], last_accessed: bool, partition: &str, role_name: &str) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "StandfastRead", "Effect": "Allow", "Action": read_actions(services, last_accessed), "Resource": "*"},
            {"Sid": "StandfastMembers", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": format!("arn:{partition}:iam::*:role/{role_name}")},
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_have_the_names_that_iam_knows() {
        assert_eq!(action_of("s3:GetBucketEncryption"), "s3:GetEncryptionConfiguration");
        assert_eq!(
            action_of("elbv2:DescribeLoadBalancers"),
            "elasticloadbalancing:DescribeLoadBalancers"
        );
        assert_eq!(action_of("kms:DescribeKey"), "kms:DescribeKey");
    }

    #[test]
    fn narrowing_to_a_service_leaves_the_others_out() {
        let actions = read_actions(&["kms".to_owned()], false);
        assert!(actions.contains("kms:ListKeys") && actions.contains("kms:GetKeyPolicy"));
        assert!(!actions.iter().any(|action| action.starts_with("s3:")));
    }

    #[test]
    fn reports_of_last_access_are_asked_for_on_request_alone() {
        let action = "iam:GenerateServiceLastAccessedDetails";
        assert!(!read_actions(&[], false).contains(action));
        assert!(!read_actions(&["iam".to_owned()], false).contains(action));
        let asked = read_actions(&["kms".to_owned()], true);
        assert!(asked.contains(action) && asked.contains("iam:GetServiceLastAccessedDetails"));
        assert!(asked.contains("kms:ListKeys") && !asked.contains("s3:ListAllMyBuckets"));
    }

    #[test]
    fn no_action_writes_or_reads_a_secret() {
        for action in read_actions(&[], true) {
            let name = action.split_once(':').map_or("", |(_, name)| name);
            let reads = ["Get", "List", "Describe", "BatchGet", "Generate", "Search", "Lookup"]
                .iter()
                .any(|verb| name.starts_with(verb));
            assert!(reads, "{action} is no read");
            let secret = [
                "GetSecretValue",
                "BatchGetSecretValue",
                "GetParameter",
                "GetParameters",
                "GetParametersByPath",
                "GetObject",
                "GetPasswordData",
                "GetConsoleOutput",
            ];
            assert!(!secret.contains(&name), "{action} reads a secret");
        }
    }
}
