-- ---
-- id = "config-aggregator-organization"
-- title = "The audit account gathers AWS Config of every account and region"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Without an aggregator nobody sees the state of the whole organization in one place."
-- limits = "The audit account is the one that the design names, by name or id; a lone account is its own."
-- fix = "Create an aggregator for the organization, with all regions, in the audit account: `aws configservice put-configuration-aggregator`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["config-recorder-recording"]
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html"]
-- ---
WITH aggregator AS (
    SELECT
        account_id,
        max(CASE WHEN is_organization AND all_aws_regions THEN 3 WHEN all_aws_regions THEN 2 WHEN is_organization THEN 1 ELSE 0 END) AS reach,
        min(name) AS name
    FROM aws_config_configuration_aggregator
    WHERE created_by IS NULL OR created_by NOT LIKE '%.amazonaws.com'
    GROUP BY account_id
)

SELECT
    judged.arn AS resource,
    judged.account_id,
    judged.region,
    CASE
        WHEN NOT judged.is_audit THEN 'fail'
        WHEN aggregator.reach = 3 OR (aggregator.reach = 2 AND NOT judged.in_organization) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT judged.is_audit THEN 'no account `' || $accounts_audit || '` was read, which the design names as audit account'
        WHEN aggregator.reach IS NULL THEN 'there is no aggregator'
        WHEN aggregator.reach = 3 THEN 'gathers from the organization and every region'
        WHEN aggregator.reach = 2 AND NOT judged.in_organization THEN 'gathers from every region'
        WHEN aggregator.reach = 2 THEN 'aggregator ' || aggregator.name || ' gathers from some accounts only'
        ELSE 'aggregator ' || aggregator.name || ' gathers from some regions only'
    END AS reason
FROM standfast_audit_account AS judged
LEFT JOIN aggregator ON aggregator.account_id = judged.account_id
