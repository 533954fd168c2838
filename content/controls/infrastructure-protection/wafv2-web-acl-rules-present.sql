-- ---
-- id = "wafv2-web-acl-rules-present"
-- title = "Web ACLs have rules"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_wafv2_web_acl"
-- when_empty = "not_applicable"
-- why = "An empty web ACL lets everything through and looks like protection."
-- limits = "What the rules do is judged by wafv2-web-acl-managed-groups-present."
-- fix = "Add the managed rule groups of the design, or remove the web ACL."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN rule_count > 0 THEN 'pass' ELSE 'fail' END AS status,
    name || ' has rules: ' || rule_count AS reason
FROM aws_wafv2_web_acl
