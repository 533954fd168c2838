-- ---
-- id = "wafv2-web-acl-managed-groups-present"
-- title = "Web ACLs use the managed rule groups of the design"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_wafv2_web_acl"
-- when_empty = "not_applicable"
-- why = "The list of bad addresses and the core rules stop most of what is tried every day, and AWS keeps them current."
-- limits = "Groups whose matches are only counted do not take effect and do not count here. Groups inside a rule group of one's own are not seen. Empty web ACLs are the finding of wafv2-web-acl-rules-present."
-- fix = "Add the groups that are missing, in count mode first, then in effect."
-- owner = "security-engineer"
-- size = "S"
-- after = ["wafv2-web-acl-rules-present"]
-- refs = ["https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html"]
-- ---
WITH wanted AS (
    SELECT unnest($waf_managed_rule_groups) AS name
),
has AS (
    SELECT DISTINCT arn, unnest(managed_rule_groups) AS name
    FROM aws_wafv2_web_acl
),
missing AS (
    SELECT acl.arn, string_agg(wanted.name, ', ' ORDER BY wanted.name) AS names
    FROM aws_wafv2_web_acl AS acl
    CROSS JOIN wanted
    LEFT JOIN has ON has.arn = acl.arn AND has.name = wanted.name
    WHERE has.name IS NULL
    GROUP BY acl.arn
)
SELECT
    acl.arn AS resource,
    acl.account_id,
    acl.region,
    CASE
        WHEN acl.rule_count = 0 THEN 'not_applicable'
        WHEN missing.names IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN acl.rule_count = 0 THEN acl.name || ' has no rules'
        WHEN missing.names IS NULL THEN 'has ' || array_to_string($waf_managed_rule_groups, ', ')
        ELSE 'not in effect: ' || missing.names
    END AS reason
FROM aws_wafv2_web_acl AS acl
LEFT JOIN missing ON missing.arn = acl.arn
