//! AWS Systems Manager: parameters (never their values), managed instances, documents, settings.

use jiff::Timestamp;

use crate::table::table;

table! {
    /// A parameter of Parameter Store.
    SsmParameter = "aws_ssm_parameter", "ssm:DescribeParameters", Region, key [arn] {
        /// ARN of the parameter.
        arn: String,
        /// Name, with its path.
        name: String,
        /// `String`, `StringList` or `SecureString`.
        r#type: String,
        /// The KMS key of a `SecureString`, as id, ARN or alias.
        key_id: Option<String>,
        /// `Standard`, `Advanced` or `Intelligent-Tiering`.
        tier: Option<String>,
        /// `text`, `aws:ec2:image` …
        data_type: Option<String>,
        /// When it was last changed.
        last_modified_date: Option<Timestamp>,
        /// Who changed it last.
        last_modified_user: Option<String>,
        /// Version of its value.
        version: i64,
    }
}

table! {
    /// A machine that Systems Manager manages.
    SsmManagedInstance = "aws_ssm_managed_instance", "ssm:DescribeInstanceInformation", Region, key [arn] {
        /// ARN: of the instance for EC2, of the managed instance otherwise.
        arn: String,
        /// Id, `i-…` or `mi-…`.
        instance_id: String,
        /// `EC2Instance` or `ManagedInstance`.
        resource_type: Option<String>,
        /// `Online`, `ConnectionLost` or `Inactive`.
        ping_status: Option<String>,
        /// When it was last heard of.
        last_ping_date_time: Option<Timestamp>,
        /// Version of the agent.
        agent_version: Option<String>,
        /// True where the agent is the newest one.
        is_latest_version: Option<bool>,
        /// Name of the operating system.
        platform_name: Option<String>,
        /// `Linux`, `Windows` or `MacOS`.
        platform_type: Option<String>,
        /// Version of the operating system.
        platform_version: Option<String>,
        /// `Success`, `Failed`, `Pending`; none without an association.
        association_status: Option<String>,
    }
}

table! {
    /// Whether a managed machine complies with its patches or its associations. It is read where there are managed machines.
    SsmManagedInstanceCompliance = "aws_ssm_managed_instance_compliance", "ssm:ListResourceComplianceSummaries" after ["ssm:DescribeInstanceInformation"], Region, key [arn, compliance_type] {
        /// ARN of the machine.
        arn: String,
        /// `Patch`, `Association` or a type of the customer's own.
        compliance_type: String,
        /// `COMPLIANT` or `NON_COMPLIANT`.
        status: String,
        /// The worst severity of what does not comply, `CRITICAL`, `HIGH` … `UNSPECIFIED`.
        overall_severity: Option<String>,
        /// How many items do not comply.
        non_compliant_count: i64,
    }
}

table! {
    /// A document of the account.
    SsmDocument = "aws_ssm_document", "ssm:ListDocuments", Region, key [arn] {
        /// ARN of the document.
        arn: String,
        /// Name of the document.
        name: String,
        /// `Command`, `Automation`, `Session` …
        document_type: Option<String>,
        /// When it was created.
        created_date: Option<Timestamp>,
    }
}

table! {
    /// With whom a document of the account is shared. No row where it is not shared.
    SsmDocumentPermission = "aws_ssm_document_permission", "ssm:DescribeDocumentPermission" after ["ssm:ListDocuments"], Region, key [arn] {
        /// ARN of the document.
        arn: String,
        /// Account ids, sorted; `all` for everybody.
        account_ids: Vec<String>,
    }
}

table! {
    /// A setting of Systems Manager for the account and region.
    SsmServiceSetting = "aws_ssm_service_setting", "ssm:GetServiceSetting", Region, key [setting_id] {
        /// Id, such as `/ssm/documents/console/public-sharing-permission`.
        setting_id: String,
        /// Value, such as `Disable`.
        setting_value: String,
        /// `Default`, `Customized` or `PendingUpdate`.
        status: Option<String>,
    }
}
