-- ---
-- id = "config-rules-required-present"
-- title = "The design's Config rules are there in every region"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "fail"
-- why = "A rule that is not there finds nothing: drift from the baseline goes unseen between two assessments."
-- limits = "Rules are known by their managed identifier; custom rules of the same meaning are not recognised. What a rule finds is not judged here."
-- fix = "Deploy the Config rules of the design, as a conformance pack or a stack set."
-- owner = "security-engineer"
-- size = "M"
-- after = ["config-recorder-recording"]
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html"]
-- ---
WITH active AS (
    SELECT DISTINCT account_id, region, source_identifier
    FROM aws_config_rule
    WHERE rule_state IN ('ACTIVE', 'EVALUATING') AND array_has($config_rules_required, source_identifier)
),

summary AS (
    SELECT account_id, region, count(*) AS present, array_agg(source_identifier) AS identifiers
    FROM active
    GROUP BY account_id, region
)

SELECT
    subject.arn AS resource,
    subject.account_id,
    subject.region,
    CASE WHEN coalesce(summary.present, 0) = coalesce(array_length($config_rules_required), 0) THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN coalesce(summary.present, 0) = coalesce(array_length($config_rules_required), 0) THEN 'all ' || coalesce(summary.present, 0) || ' rules are there'
        WHEN summary.present IS NULL THEN 'none of the ' || coalesce(array_length($config_rules_required), 0) || ' rules is there'
        ELSE 'missing: ' || array_to_string(array_sort(array_except($config_rules_required, summary.identifiers)), ', ')
    END AS reason
FROM aws_region AS subject
LEFT JOIN summary ON summary.account_id = subject.account_id AND summary.region = subject.region
