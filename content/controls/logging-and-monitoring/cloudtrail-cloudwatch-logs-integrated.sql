-- ---
-- id = "cloudtrail-cloudwatch-logs-integrated"
-- title = "Trails also write to CloudWatch Logs"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "Alarms count events in a log group: a trail that writes to a bucket only is looked at days later, if at all."
-- limits = "Says that a log group is set; whether events arrive is said by the control on deliveries."
-- fix = "Give the trail a log group and the role to write to it: `aws cloudtrail update-trail --cloud-watch-logs-log-group-arn … --cloud-watch-logs-role-arn …`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["cloudtrail-multi-region-logging"]
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html"]
-- ---
SELECT
    trail.arn AS resource,
    trail.account_id,
    trail.region,
    CASE WHEN coalesce(trail.log_group_arn, '') <> '' THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN coalesce(trail.log_group_arn, '') <> '' THEN 'writes to ' || trail.log_group_arn ELSE 'writes to no log group' END AS reason
FROM aws_cloudtrail_trail AS trail
-- Only the account that owns a trail can set it.
WHERE split_part(trail.arn, ':', 5) = trail.account_id
