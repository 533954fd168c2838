//! What kind of thing a finding speaks of, read off its ARN.

/// The parts of an ARN that say what it names.
pub(super) struct Resource<'a> {
    arn: &'a str,
    service: &'a str,
    kind: &'a str,
}

impl<'a> Resource<'a> {
    /// Reads `arn:partition:service:region:account:kind/name`; for anything else the parts are empty.
    pub(super) fn of(resource: &'a str) -> Self {
        let mut parts = resource.splitn(6, ':');
        let (service, rest) = match (parts.next(), parts.nth(1), parts.nth(2)) {
            (Some("arn"), Some(service), Some(rest)) => (service, rest),
            _ => ("", ""),
        };
        let kind = match service {
            // Names of buckets and topics stand there without a kind.
            "s3" if rest.contains('/') => "object",
            "s3" => "bucket",
            "sns" => "topic",
            "sqs" => "queue",
            _ => rest.split(['/', ':']).next().unwrap_or_default(),
        };
        Self {
            arn: resource,
            service,
            kind,
        }
    }

    /// `service:kind`, such as `ec2:volume`; `aws` if it is not an ARN.
    pub(super) fn label(&self) -> String {
        match (self.service, self.kind) {
            ("", _) => "aws".to_owned(),
            ("iam", "root") => "account".to_owned(),
            (service, kind) => format!("{service}:{kind}"),
        }
    }

    /// The resource type of AWS's own findings, `Other` where it has none.
    pub(super) fn asff_type(&self) -> &'static str {
        match (self.service, self.kind) {
            ("iam", "root") | ("organizations", "account") => "AwsAccount",
            ("iam", "user") => "AwsIamUser",
            ("iam", "role") => "AwsIamRole",
            ("iam", "group") => "AwsIamGroup",
            ("iam", "policy") => "AwsIamPolicy",
            ("s3", "bucket") => "AwsS3Bucket",
            ("s3", "object") => "AwsS3Object",
            ("ec2", "instance") => "AwsEc2Instance",
            ("ec2", "volume") => "AwsEc2Volume",
            ("ec2", "security-group") => "AwsEc2SecurityGroup",
            ("ec2", "network-acl") => "AwsEc2NetworkAcl",
            ("ec2", "subnet") => "AwsEc2Subnet",
            ("ec2", "vpc") => "AwsEc2Vpc",
            ("ec2", "route-table") => "AwsEc2RouteTable",
            ("ec2", "elastic-ip") => "AwsEc2Eip",
            ("rds", "db") => "AwsRdsDbInstance",
            ("rds", "cluster") => "AwsRdsDbCluster",
            ("rds", "snapshot") => "AwsRdsDbSnapshot",
            ("elasticfilesystem", "file-system") => "AwsEfsFileSystem",
            ("elasticfilesystem", "access-point") => "AwsEfsAccessPoint",
            ("kms", "key") => "AwsKmsKey",
            ("acm", "certificate") => "AwsCertificateManagerCertificate",
            ("elasticloadbalancing", "loadbalancer") => "AwsElbv2LoadBalancer",
            ("lambda", "function") => "AwsLambdaFunction",
            ("cloudtrail", "trail") => "AwsCloudTrailTrail",
            ("cloudwatch", "alarm") => "AwsCloudWatchAlarm",
            ("cloudformation", "stack") => "AwsCloudFormationStack",
            ("secretsmanager", "secret") => "AwsSecretsManagerSecret",
            ("guardduty", "detector") => "AwsGuardDutyDetector",
            ("sns", "topic") => "AwsSnsTopic",
            ("sqs", "queue") => "AwsSqsQueue",
            ("wafv2", _) if self.arn.contains("/webacl/") => "AwsWafv2WebAcl",
            _ => "Other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Resource;

    #[test]
    fn arns_say_what_they_name() {
        for (arn, label, asff) in [
            (
                "arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b",
                "ec2:volume",
                "AwsEc2Volume",
            ),
            ("arn:aws:s3:::payroll", "s3:bucket", "AwsS3Bucket"),
            (
                "arn:aws:rds:eu-west-1:111122223333:db:orders",
                "rds:db",
                "AwsRdsDbInstance",
            ),
            ("arn:aws:iam::111122223333:root", "account", "AwsAccount"),
            ("arn:aws:sns:eu-west-1:111122223333:alerts", "sns:topic", "AwsSnsTopic"),
            (
                "arn:aws:logs:eu-west-1:111122223333:log-group:a",
                "logs:log-group",
                "Other",
            ),
            ("not an arn", "aws", "Other"),
            ("", "aws", "Other"),
        ] {
            let resource = Resource::of(arn);
            assert_eq!((resource.label().as_str(), resource.asff_type()), (label, asff));
        }
    }
}
