-- ---
-- id = "wafv2-web-acl-rule-metrics-published"
-- title = "Rules of web ACLs publish metrics"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_wafv2_web_acl"
-- when_empty = "not_applicable"
-- why = "A rule without metrics cannot raise an alarm when it begins to match."
-- limits = "Rules inside a rule group of one's own are not read."
-- fix = "Turn on CloudWatch metrics for the rule."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN rule_count = 0 THEN 'not_applicable'
        WHEN coalesce(array_length(rules_without_metrics), 0) = 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN rule_count = 0 THEN name || ' has no rules'
        WHEN coalesce(array_length(rules_without_metrics), 0) = 0 THEN 'all rules publish metrics'
        ELSE 'without metrics: ' || array_to_string(rules_without_metrics, ', ')
    END AS reason
FROM aws_wafv2_web_acl
