//! Amazon Relational Database Service, Aurora included; the same operations list Neptune and DocumentDB, told apart by `engine`.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A database instance.
    RdsDbInstance = "aws_rds_db_instance", "rds:DescribeDBInstances", Region, key [arn] {
        /// ARN of the instance.
        arn: String,
        /// Name of the instance.
        db_instance_identifier: String,
        /// `available`, `creating`, `stopped` …
        status: Option<String>,
        /// `postgres`, `mysql`, `aurora-mysql`, `sqlserver-ee`, `docdb` …
        engine: String,
        /// Version of the engine.
        engine_version: Option<String>,
        /// Class, such as `db.t3.medium`.
        class: Option<String>,
        /// The cluster that it belongs to.
        db_cluster_identifier: Option<String>,
        /// True where its name leads to a public address.
        publicly_accessible: bool,
        /// True where its storage is encrypted.
        storage_encrypted: bool,
        /// ARN of the KMS key of its storage.
        kms_key_id: Option<String>,
        /// True where a standby waits in another zone.
        multi_az: bool,
        /// True where minor versions are installed by themselves.
        auto_minor_version_upgrade: bool,
        /// Days that automatic backups are kept; 0 for none.
        backup_retention_period: i64,
        /// True where it cannot be deleted by mistake.
        deletion_protection: bool,
        /// True where users can sign in with IAM.
        iam_database_authentication_enabled: bool,
        /// True where its tags go to its snapshots.
        copy_tags_to_snapshot: bool,
        /// Seconds between readings of enhanced monitoring; 0 for none.
        enhanced_monitoring_interval: i64,
        /// Name of the administrator.
        master_user_name: Option<String>,
        /// ARN of the secret that holds the administrator's password, where Secrets Manager manages it.
        master_user_secret_arn: Option<String>,
        /// The port that it listens to.
        port: Option<i64>,
        /// Kinds of logs that go to CloudWatch Logs, sorted.
        enabled_cloudwatch_logs_exports: Vec<String>,
        /// Names of its parameter groups.
        db_parameter_groups: Vec<String>,
        /// Certificate authority of its certificate.
        ca_certificate_identifier: Option<String>,
        /// The instance that a read replica copies.
        read_replica_source_db_instance_identifier: Option<String>,
        /// VPC of its subnet group.
        vpc_id: Option<String>,
        /// Ids of the subnets of its subnet group, sorted.
        subnet_ids: Vec<String>,
        /// Ids of its security groups, sorted.
        vpc_security_group_ids: Vec<String>,
        /// When it was created.
        create_time: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A database cluster.
    RdsDbCluster = "aws_rds_db_cluster", "rds:DescribeDBClusters", Region, key [arn] {
        /// ARN of the cluster.
        arn: String,
        /// Name of the cluster.
        db_cluster_identifier: String,
        /// `available`, `creating`, `stopped` …
        status: Option<String>,
        /// `aurora-mysql`, `aurora-postgresql`, `mysql`, `postgres`, `docdb`, `neptune`.
        engine: String,
        /// `provisioned`, `serverless`, `global` …
        engine_mode: Option<String>,
        /// Version of the engine.
        engine_version: Option<String>,
        /// True where its storage is encrypted.
        storage_encrypted: bool,
        /// ARN of the KMS key of its storage.
        kms_key_id: Option<String>,
        /// True where instances run in several zones.
        multi_az: bool,
        /// True where minor versions are installed by themselves; only for Multi-AZ clusters, instances decide in Aurora.
        auto_minor_version_upgrade: Option<bool>,
        /// Days that automatic backups are kept.
        backup_retention_period: i64,
        /// True where it cannot be deleted by mistake.
        deletion_protection: bool,
        /// True where users can sign in with IAM.
        iam_database_authentication_enabled: bool,
        /// True where its tags go to its snapshots.
        copy_tags_to_snapshot: bool,
        /// Seconds that it can be turned back; 0 or none where it cannot.
        backtrack_window: Option<i64>,
        /// Name of the administrator.
        master_user_name: Option<String>,
        /// ARN of the secret that holds the administrator's password, where Secrets Manager manages it.
        master_user_secret_arn: Option<String>,
        /// The port that it listens to.
        port: Option<i64>,
        /// Kinds of logs that go to CloudWatch Logs, sorted.
        enabled_cloudwatch_logs_exports: Vec<String>,
        /// Name of its parameter group.
        db_cluster_parameter_group: Option<String>,
        /// True where its name leads to a public address; only for Multi-AZ clusters.
        publicly_accessible: Option<bool>,
        /// When it was created.
        create_time: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A snapshot of a database instance.
    RdsDbSnapshot = "aws_rds_db_snapshot", "rds:DescribeDBSnapshots", Region, key [arn] {
        /// ARN of the snapshot.
        arn: String,
        /// Name of the snapshot.
        db_snapshot_identifier: String,
        /// The instance that it is of.
        db_instance_identifier: Option<String>,
        /// `manual`, `automated` or `awsbackup`; only manual ones can be shared.
        r#type: String,
        /// `available`, `creating` …
        status: Option<String>,
        /// Engine of the instance.
        engine: Option<String>,
        /// True where it is encrypted.
        encrypted: bool,
        /// ARN of the KMS key.
        kms_key_id: Option<String>,
        /// When it was made.
        create_time: Option<Timestamp>,
    }
}

table! {
    /// With whom a manual snapshot of a database instance is shared.
    RdsDbSnapshotAttribute = "aws_rds_db_snapshot_attribute", "rds:DescribeDBSnapshotAttributes" after ["rds:DescribeDBSnapshots"], Region, key [arn] {
        /// ARN of the snapshot.
        arn: String,
        /// Account ids that may restore it, sorted; `all` for everybody.
        restore_account_ids: Vec<String>,
    }
}

table! {
    /// A snapshot of a database cluster.
    RdsDbClusterSnapshot = "aws_rds_db_cluster_snapshot", "rds:DescribeDBClusterSnapshots", Region, key [arn] {
        /// ARN of the snapshot.
        arn: String,
        /// Name of the snapshot.
        db_cluster_snapshot_identifier: String,
        /// The cluster that it is of.
        db_cluster_identifier: Option<String>,
        /// `manual`, `automated` or `awsbackup`; only manual ones can be shared.
        r#type: String,
        /// `available`, `creating` …
        status: Option<String>,
        /// Engine of the cluster.
        engine: Option<String>,
        /// True where it is encrypted.
        storage_encrypted: bool,
        /// ARN of the KMS key.
        kms_key_id: Option<String>,
        /// When it was made.
        create_time: Option<Timestamp>,
    }
}

table! {
    /// With whom a manual snapshot of a database cluster is shared.
    RdsDbClusterSnapshotAttribute = "aws_rds_db_cluster_snapshot_attribute", "rds:DescribeDBClusterSnapshotAttributes" after ["rds:DescribeDBClusterSnapshots"], Region, key [arn] {
        /// ARN of the snapshot.
        arn: String,
        /// Account ids that may restore it, sorted; `all` for everybody.
        restore_account_ids: Vec<String>,
    }
}

table! {
    /// A security parameter of a parameter group that an instance uses: those that force TLS.
    RdsDbParameter = "aws_rds_db_parameter", "rds:DescribeDBParameters" after ["rds:DescribeDBInstances"], Region, key [db_parameter_group_name, parameter_name] {
        /// Name of the parameter group.
        db_parameter_group_name: String,
        /// Name of the parameter, such as `rds.force_ssl` or `require_secure_transport`.
        parameter_name: String,
        /// Its value; none where the engine's own default holds.
        parameter_value: Option<String>,
        /// Where the value comes from: `user`, `system`, `engine-default`.
        source: Option<String>,
    }
}

table! {
    /// A security parameter of a parameter group that a cluster uses: those that force TLS or turn auditing on.
    RdsDbClusterParameter = "aws_rds_db_cluster_parameter", "rds:DescribeDBClusterParameters" after ["rds:DescribeDBClusters"], Region, key [db_cluster_parameter_group_name, parameter_name] {
        /// Name of the parameter group.
        db_cluster_parameter_group_name: String,
        /// Name of the parameter, such as `rds.force_ssl`, `require_secure_transport` or `server_audit_logging`.
        parameter_name: String,
        /// Its value; none where the engine's own default holds.
        parameter_value: Option<String>,
        /// Where the value comes from: `user`, `system`, `engine-default`.
        source: Option<String>,
    }
}

table! {
    /// A subscription to events of databases.
    RdsDbEventSubscription = "aws_rds_db_event_subscription", "rds:DescribeEventSubscriptions", Region, key [arn] {
        /// ARN of the subscription.
        arn: String,
        /// Name of the subscription.
        cust_subscription_id: String,
        /// True where it is on.
        enabled: bool,
        /// `active`, `no-permission`, `topic-not-exist` …
        status: Option<String>,
        /// `db-instance`, `db-cluster`, `db-parameter-group`, `db-security-group` …; none for all.
        source_type: Option<String>,
        /// The sources it is for, sorted; empty for all.
        source_ids: Vec<String>,
        /// The categories it is for, sorted; empty for all.
        event_categories: Vec<String>,
        /// ARN of the topic.
        sns_topic_arn: Option<String>,
    }
}

table! {
    /// A database proxy.
    RdsDbProxy = "aws_rds_db_proxy", "rds:DescribeDBProxies", Region, key [arn] {
        /// ARN of the proxy.
        arn: String,
        /// Name of the proxy.
        db_proxy_name: String,
        /// `MYSQL`, `POSTGRESQL` or `SQLSERVER`.
        engine_family: Option<String>,
        /// True where it takes only encrypted connections.
        require_tls: bool,
        /// True where statements are logged in full.
        debug_logging: bool,
    }
}
