-- ---
-- id = "iam-policy-not-action-absent"
-- title = "Customer managed policies do not allow by exclusion"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_policy"
-- when_empty = "not_applicable"
-- why = "All actions but some include those that AWS adds next year."
-- limits = "Counts an exclusion on all resources; one on named resources passes, however wide the names are."
-- fix = "List the actions that are needed; use NotAction in denials only."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html"]
-- ---
WITH wide AS (
    SELECT arn, account_id, string_agg(array_to_string(s['not_actions'], ', '), ', ') AS detail
    FROM (
        SELECT *, 'x' AS item
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    )
    WHERE s['effect'] = 'Allow' AND coalesce(array_length(s['not_actions']), 0) > 0 AND array_has(s['resources'], '*')
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
        WHEN wide.arn IS NOT NULL THEN 'everything is allowed but ' || wide.detail
        ELSE 'no statement allows by exclusion'
    END AS reason
FROM aws_iam_policy AS managed
LEFT JOIN wide ON wide.arn = managed.arn AND wide.account_id = managed.account_id
