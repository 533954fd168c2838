-- ---
-- id = "iam-oidc-role-subject-restricted"
-- title = "Roles for OpenID Connect name who may take them"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "A public issuer such as a code host signs tokens for all of its users; without the subject, every one of them may take the role."
-- limits = "Asks for a condition on the subject that is no wildcard; whether the repository or workload that it names is the right one is not judged."
-- fix = "Add a condition on the token's subject, such as one repository and branch, to the trust policy."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html"]
-- ---
WITH federated AS (
    SELECT
        arn,
        account_id,
        bool_and(
            regexp_like(conditions, '(?im)^(forallvalues:|foranyvalue:)?string(equals|like|equalsignorecase)[|][^|]+:sub[|].*[a-z0-9]')
            AND NOT regexp_like(conditions, '(?im)[|][^|]+:sub[|](repo:)?[*]')
            AND NOT regexp_like(conditions, '(?im)^stringnot[a-z]*[|][^|]+:sub[|]')
        ) AS restricted
    FROM (
        SELECT arn, account_id, s, array_to_string(s['conditions'], chr(10)) AS conditions
        FROM (SELECT arn, account_id, unnest(policy_statements(assume_role_policy)) AS s FROM aws_iam_role WHERE assume_role_policy LIKE '%:oidc-provider/%')
    )
    WHERE s['effect'] = 'Allow' AND strpos(array_to_string(s['principals'], ' '), ':oidc-provider/') > 0
    GROUP BY arn, account_id
)
SELECT
    role.arn AS resource,
    role.account_id,
    role.region,
    CASE
        WHEN role.assume_role_policy IS NULL THEN 'unknown'
        WHEN federated.arn IS NULL THEN 'not_applicable'
        WHEN federated.restricted THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN role.assume_role_policy IS NULL THEN 'the trust policy was not read'
        WHEN federated.arn IS NULL THEN 'the role trusts no OpenID Connect provider'
        WHEN federated.restricted THEN 'the subject is restricted'
        ELSE 'any subject of the provider may take the role'
    END AS reason
FROM aws_iam_role AS role
LEFT JOIN federated ON federated.arn = role.arn AND federated.account_id = role.account_id
