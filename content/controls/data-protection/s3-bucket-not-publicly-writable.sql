-- ---
-- id = "s3-bucket-not-publicly-writable"
-- title = "Buckets let nobody unknown write to them"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Whoever can write to a bucket can replace what others trust, delete it, or store their own things at your cost."
-- limits = "A public access block that holds such a policy or list back for now does not count: it is one switch away."
-- fix = "Take the statement or the grant for everybody away and give write access to the roles that need it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html"]
-- ---
WITH opening AS (
    SELECT
        arn,
        account_id,
        s['sid'] AS sid,
        coalesce(array_length(s['conditions']), 0) = 0 AS unconditional,
        regexp_like(
            array_to_string(s['conditions'], chr(10)),
            '(?im)^((foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)\|(aws:principalorgid|aws:principalorgpaths|aws:principalaccount|aws:sourceaccount|aws:sourceorgid|aws:sourceorgpaths|aws:sourceowner|aws:sourcevpc|aws:sourcevpce|kms:calleraccount)\|.*[a-z0-9]|(foranyvalue:)?(stringequals|stringlike|arnequals|arnlike)\|aws:(sourcearn|principalarn)\|arn:[a-z-]+:[a-z0-9-]+:[^:]*:([0-9]{12}:|:[a-z0-9])|ipaddress\|aws:sourceip\|[1-9])'
        ) AS limited
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_s3_bucket_policy)
    WHERE s['effect'] = 'Allow'
        AND (
            array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*')
            OR coalesce(array_length(s['not_principals']), 0) > 0
        )
        AND (
            regexp_like(array_to_string(s['actions'], chr(10)), '(?m)^(\*|s3:(\*|put.*|p\*|delete.*|d\*|replicate.*|restore.*|abort.*|bypass.*|create.*|\*put.*|\*delete.*|\*object.*))$')
            OR coalesce(array_length(s['not_actions']), 0) > 0
        )
),
by_policy AS (
    SELECT
        opening.arn,
        opening.account_id,
        bool_or(opening.unconditional OR (NOT opening.limited AND status.bucket_policy_is_public IS TRUE)) AS open,
        bool_or(NOT opening.unconditional AND status.arn IS NULL) AS unsure,
        min(coalesce(nullif(opening.sid, ''), 'without id')) AS sid
    FROM opening
    LEFT JOIN aws_s3_bucket_policy_status AS status
        ON status.arn = opening.arn AND status.account_id = opening.account_id
    GROUP BY opening.arn, opening.account_id
),
by_list AS (
    SELECT arn, account_id, min(split_part(grantee, '/', -1)) AS grantee
    FROM aws_s3_bucket_acl_grant
    WHERE grantee_type = 'Group'
        AND (grantee LIKE '%/global/AllUsers' OR grantee LIKE '%/global/AuthenticatedUsers')
        AND permission IN ('WRITE', 'WRITE_ACP', 'FULL_CONTROL')
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN by_policy.open OR by_list.arn IS NOT NULL THEN 'fail'
        WHEN by_policy.unsure THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN by_policy.open THEN 'the policy lets everybody write, in statement ' || by_policy.sid
        WHEN by_list.arn IS NOT NULL THEN 'the access control list lets ' || by_list.grantee || ' write'
        WHEN by_policy.unsure THEN 'whether the policy is public was not read'
        ELSE 'neither policy nor access control list lets everybody write'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN by_policy ON by_policy.arn = bucket.arn AND by_policy.account_id = bucket.account_id
LEFT JOIN by_list ON by_list.arn = bucket.arn AND by_list.account_id = bucket.account_id
