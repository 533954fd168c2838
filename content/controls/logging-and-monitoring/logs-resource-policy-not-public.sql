-- ---
-- id = "logs-resource-policy-not-public"
-- title = "Policies of CloudWatch Logs let nobody in at large"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_cloudwatch_log_resource_policy"
-- when_empty = "not_applicable"
-- why = "Whoever may write into log groups can drown or forge what alarms count."
-- limits = "Conditions that name an account, organization, source or network are taken at their word."
-- fix = "Name the services or accounts in the policy, with a condition on the source: `aws logs put-resource-policy`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html"]
-- ---
WITH public AS (
    SELECT
        statement.arn AS id,
        string_agg(DISTINCT array_to_string(statement.s['actions'], ', '), '; ') AS actions
    FROM (SELECT arn, unnest(policy_statements(policy)) AS s FROM aws_cloudwatch_log_resource_policy) AS statement
    WHERE statement.s['effect'] = 'Allow'
        AND (array_has(statement.s['principals'], '*:*') OR array_has(statement.s['principals'], 'AWS:*'))
        -- A condition that names an account, organization, source or network limits the grant; one that is only denied or optional does not.
        AND NOT regexp_like(
            array_to_string(statement.s['conditions'], chr(10)),
            '(?m)^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)[|]'
                || '(aws:sourceaccount|aws:sourcearn|aws:sourceowner|aws:sourceorgid|aws:sourceorgpaths|aws:principalaccount|aws:principalarn|'
                || 'aws:principalorgid|aws:principalorgpaths|aws:sourcevpc|aws:sourcevpce|aws:sourceip|aws:userid)[|]'
                || '.*[A-Za-z1-9]'
        )
    GROUP BY statement.arn
)

SELECT
    policy.arn AS resource,
    policy.account_id,
    policy.region,
    CASE WHEN public.id IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN public.id IS NULL THEN 'no statement lets everybody in' ELSE 'everybody may ' || public.actions END AS reason
FROM aws_cloudwatch_log_resource_policy AS policy
LEFT JOIN public ON public.id = policy.arn
