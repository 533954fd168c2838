//! IAM Access Analyzer.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// An analyzer.
    AccessanalyzerAnalyzer = "aws_accessanalyzer_analyzer", "accessanalyzer:ListAnalyzers", Region, key [arn] {
        /// ARN of the analyzer.
        arn: String,
        /// Name of the analyzer.
        name: String,
        /// What it looks for and where: `ACCOUNT`, `ORGANIZATION` (access from outside), `ACCOUNT_UNUSED_ACCESS`,
        /// `ORGANIZATION_UNUSED_ACCESS`, `ACCOUNT_INTERNAL_ACCESS`, `ORGANIZATION_INTERNAL_ACCESS`.
        r#type: String,
        /// `ACTIVE`, `CREATING`, `DISABLED` or `FAILED`.
        status: String,
        /// Why it is disabled or failed.
        status_reason: Option<String>,
        /// Days without use after which access counts as unused.
        unused_access_age: Option<i64>,
        /// When it was created.
        created_at: Option<Timestamp>,
        /// When it last looked at a resource.
        last_resource_analyzed_at: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A rule that archives new findings by itself.
    AccessanalyzerArchiveRule = "aws_accessanalyzer_archive_rule", "accessanalyzer:ListArchiveRules" after ["accessanalyzer:ListAnalyzers"],
    Region, key [analyzer_arn, rule_name] {
        /// ARN of the analyzer.
        analyzer_arn: String,
        /// ARN of the rule.
        arn: String,
        /// Name of the rule.
        rule_name: String,
        /// Fields that the filter names, sorted, such as `isPublic` and `resourceType`.
        filter_fields: Vec<String>,
        /// The filter, `{"isPublic":{"eq":["true"]}}`.
        filter: Json,
        /// When it was last changed.
        updated_at: Option<Timestamp>,
    }
}

table! {
    /// How many findings an analyzer has.
    AccessanalyzerFindingsStatistics = "aws_accessanalyzer_findings_statistics", "accessanalyzer:GetFindingsStatistics"
    after ["accessanalyzer:ListAnalyzers"], Region, key [analyzer_arn] {
        /// ARN of the analyzer.
        analyzer_arn: String,
        /// Findings that nobody dealt with.
        total_active_findings: i64,
        /// Findings that were archived.
        total_archived_findings: i64,
        /// Findings that went away.
        total_resolved_findings: i64,
    }
}
