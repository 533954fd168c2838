-- ---
-- id = "config-rules-global-present"
-- title = "The design's Config rules on IAM are there in some region"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Rules on root, users and policies need one region, but in that one they must be."
-- limits = "Rules are known by their managed identifier; custom rules of the same meaning are not recognised. What a rule finds is not judged here."
-- fix = "Deploy the Config rules of the design, as a conformance pack or a stack set."
-- owner = "security-engineer"
-- size = "M"
-- after = ["config-recorder-recording"]
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html"]
-- ---
WITH active AS (
    SELECT DISTINCT account_id, source_identifier
    FROM aws_config_rule
    WHERE rule_state IN ('ACTIVE', 'EVALUATING') AND array_has($config_rules_required_global, source_identifier)
),

summary AS (
    SELECT account_id, count(*) AS present, array_agg(source_identifier) AS identifiers
    FROM active
    GROUP BY account_id
)

SELECT
    subject.arn AS resource,
    subject.account_id,
    subject.region,
    CASE WHEN coalesce(summary.present, 0) = coalesce(array_length($config_rules_required_global), 0) THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN coalesce(summary.present, 0) = coalesce(array_length($config_rules_required_global), 0) THEN 'all ' || coalesce(summary.present, 0) || ' rules are there'
        WHEN summary.present IS NULL THEN 'none of the ' || coalesce(array_length($config_rules_required_global), 0) || ' rules is there'
        ELSE 'missing: ' || array_to_string(array_sort(array_except($config_rules_required_global, summary.identifiers)), ', ')
    END AS reason
FROM aws_account AS subject
LEFT JOIN summary ON summary.account_id = subject.account_id
