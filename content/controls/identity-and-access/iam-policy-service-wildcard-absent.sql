-- ---
-- id = "iam-policy-service-wildcard-absent"
-- title = "Customer managed policies allow no service as a whole"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_iam_policy"
-- when_empty = "not_applicable"
-- why = "All actions of a service include those that nobody thought of, and those that AWS adds next year."
-- limits = "Only the bare wildcard counts: ec2:Describe*, and a list of every action of a service, pass. Resources and conditions of the statement are not weighed."
-- fix = "List the actions that are needed, such as `s3:GetObject` and `s3:PutObject`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_best-practices.html"]
-- ---
WITH wide AS (
    SELECT arn, account_id, string_agg(coalesce(nullif(s['sid'], ''), 'without id'), ', ') AS detail
    FROM (
        SELECT *, 'x' AS item
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    )
    WHERE s['effect'] = 'Allow' AND regexp_like(array_to_string(s['actions'], ' '), '(^| )[a-z0-9-]+:[*]( |$)')
    GROUP BY arn, account_id
)
SELECT
    managed.arn AS resource,
    managed.account_id,
    managed.region,
    CASE
        WHEN managed.policy IS NULL THEN 'unknown'
        WHEN wide.arn IS NOT NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN managed.policy IS NULL THEN 'the document was not read'
        WHEN wide.arn IS NOT NULL THEN 'a whole service is allowed in statement ' || wide.detail
        ELSE 'no statement allows a whole service'
    END AS reason
FROM aws_iam_policy AS managed
LEFT JOIN wide ON wide.arn = managed.arn AND wide.account_id = managed.account_id
