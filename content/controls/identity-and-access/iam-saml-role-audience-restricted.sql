-- ---
-- id = "iam-saml-role-audience-restricted"
-- title = "Roles for SAML sign-in accept AWS sign-in only"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "Without the audience, an assertion that was made for another service opens the role."
-- limits = "Any https address counts as audience: that it is the sign-in of the right AWS partition is not checked."
-- fix = "Add the condition SAML:aud with AWS's sign-in address to the trust policy."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html"]
-- ---
WITH federated AS (
    SELECT
        arn,
        account_id,
        bool_and(regexp_like(array_to_string(s['conditions'], chr(10)), '(?im)^string(equals|like)[|]saml:aud[|]https://')) AS restricted
    FROM (SELECT arn, account_id, unnest(policy_statements(assume_role_policy)) AS s FROM aws_iam_role WHERE assume_role_policy LIKE '%:saml-provider/%')
    WHERE s['effect'] = 'Allow' AND strpos(array_to_string(s['principals'], ' '), ':saml-provider/') > 0
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
        WHEN federated.arn IS NULL THEN 'the role trusts no SAML provider'
        WHEN federated.restricted THEN 'the audience is restricted'
        ELSE 'no condition on SAML:aud'
    END AS reason
FROM aws_iam_role AS role
LEFT JOIN federated ON federated.arn = role.arn AND federated.account_id = role.account_id
