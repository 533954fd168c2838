//! Findings that are hard to write down.

use standfast_model::Finding;
use standfast_model::FindingStatus::{self, Fail, NotApplicable, Pass, Unknown};

/// One finding of each kind, and ones that try to break out of the format.
pub fn difficult_findings() -> Vec<Finding> {
    let finding =
        |resource: &str, region: &str, status: FindingStatus, reason: &str, exception: Option<&str>| Finding {
            control_id: "ec2-volume-encrypted".to_owned(),
            account_id: "111122220000".to_owned(),
            region: region.to_owned(),
            resource: resource.to_owned(),
            status,
            reason: reason.to_owned(),
            exception: exception.map(str::to_owned),
        };
    vec![
        finding(
            "arn:aws:ec2:eu-west-1:111122220000:volume/vol-1",
            "eu-west-1",
            Pass,
            "encrypted with alias/baseline/ebs",
            None,
        ),
        finding(
            "arn:aws:ec2:eu-west-1:111122220000:volume/vol-2",
            "eu-west-1",
            Fail,
            "encrypted is false",
            None,
        ),
        finding(
            "arn:aws:ec2:eu-west-1:111122220000:volume/vol-3",
            "eu-west-1",
            Fail,
            "encrypted is false",
            Some("sandbox-volumes"),
        ),
        finding(
            "arn:aws:ec2:eu-west-1:111122220000:volume/vol-4",
            "eu-west-1",
            NotApplicable,
            "owned by AWS",
            None,
        ),
        finding(
            "arn:aws:ec2:eu-west-1:111122220000:volume/vol-5",
            "eu-west-1",
            Unknown,
            "ec2:DescribeVolumes: access_denied",
            None,
        ),
        finding("arn:aws:iam::111122220000:root", "global", Fail, "the account", None),
        finding("=HYPERLINK(\"http://192.0.2.1\",\"x\")", "eu-west-1", Fail, "+1", None),
        finding(
            "</script><script>alert(1)</script>",
            "eu-west-1",
            Fail,
            "<img src=x onerror=alert(1)>",
            Some("nobody-knows-it"),
        ),
        finding(
            "]]>\u{0}\u{1b}[2J\u{202e}\u{fffe} & \"quoted\" 'so'",
            "eu-west-1",
            Fail,
            "line one\nline two\r\n\tline three",
            None,
        ),
        finding("", "", Fail, "", None),
        finding(&"ü".repeat(3_000), "eu-west-1", Fail, &"long ".repeat(1_000), None),
    ]
}
