//! What each type of AWS Config's items fills, one module a service. Shapes are those of
//! <https://github.com/awslabs/aws-config-resource-schema> and of the items that Config delivers.
//!
//! A table is here only when an item holds every column that a verdict may lean on; columns that it does not hold are named in
//! [`blind`], and whatever reads one of them is unknown.

use standfast_inventory::{Scope, Table};

use super::item::{Found, Item};
use super::places::Place;

mod acm;
mod cloudformation;
mod cloudtrail;
mod cloudwatch;
mod compute;
mod elbv2;
mod iam;
mod kms;
mod lambda;
mod network;
mod rds;
mod s3;
mod secretsmanager;
mod sns;

/// A type of items.
pub(super) struct Kind {
    /// Its name, such as `AWS::EC2::Volume`.
    pub(super) name: &'static str,
    /// Where the unit that its rows belong to is: types that Config records once for all regions belong to the account.
    pub(super) scope: Scope,
    /// The tables that it fills.
    pub(super) tables: &'static [&'static Table],
    /// Writes the rows of an item; an error names what the item lacks, and then no row was written.
    pub(super) write: fn(&Item, &Place<'_>) -> Found<()>,
}

impl Kind {
    /// The service of its tables.
    pub(super) fn service(&self) -> &'static str {
        self.tables.first().map_or("", |table| table.service())
    }
}

/// Every type that fills a table.
pub(super) const KINDS: &[Kind] = &[
    acm::CERTIFICATE,
    cloudformation::STACK,
    cloudtrail::TRAIL,
    cloudwatch::ALARM,
    compute::INSTANCE,
    compute::VOLUME,
    elbv2::LOAD_BALANCER,
    elbv2::LISTENER,
    iam::USER,
    iam::GROUP,
    iam::ROLE,
    iam::POLICY,
    iam::SAML_PROVIDER,
    kms::KEY,
    kms::ALIAS,
    lambda::FUNCTION,
    network::VPC,
    network::SUBNET,
    network::SECURITY_GROUP,
    network::NETWORK_ACL,
    network::ROUTE_TABLE,
    network::INTERNET_GATEWAY,
    network::NAT_GATEWAY,
    network::ENDPOINT,
    network::FLOW_LOG,
    network::INTERFACE,
    network::ADDRESS,
    rds::INSTANCE,
    rds::CLUSTER,
    rds::SNAPSHOT,
    rds::CLUSTER_SNAPSHOT,
    rds::EVENT_SUBSCRIPTION,
    s3::BUCKET,
    s3::ACCOUNT_BLOCK,
    s3::ACCESS_POINT,
    secretsmanager::SECRET,
    sns::TOPIC,
];

/// The type of a name, if it fills a table.
pub(super) fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The types that a table is made of: it is known only where all of them are recorded.
pub(super) fn feeding(table: &'static Table) -> impl Iterator<Item = &'static Kind> {
    KINDS
        .iter()
        .filter(move |kind| kind.tables.iter().any(|fed| fed.name == table.name))
}

/// Columns of a table that Config does not hold, or does not keep up with.
pub(super) fn blind(table: &str) -> &'static [&'static str] {
    match table {
        "aws_acm_certificate" => &["exported"],
        "aws_cloudformation_stack" => &["last_drift_check_timestamp", "root_id"],
        "aws_cloudwatch_alarm" => &["metrics", "state_value", "state_updated_timestamp"],
        "aws_ec2_load_balancer_listener" => &["mutual_authentication_mode"],
        "aws_iam_role" => &["role_last_used_date", "role_last_used_region"],
        "aws_iam_saml_provider" => &["valid_until", "create_date"],
        "aws_lambda_function" => &["environment_variable_names", "log_group", "last_modified"],
        "aws_rds_db_cluster" | "aws_rds_db_instance" => &["master_user_secret_arn"],
        "aws_secretsmanager_secret" => &[
            "owning_service",
            "primary_region",
            "created_date",
            "last_changed_date",
            "last_rotated_date",
            "next_rotation_date",
            "last_accessed_date",
        ],
        "aws_vpc" => &["block_public_access_mode"],
        _ => &[],
    }
}
