-- ---
-- name = "standfast_bucket_opening"
-- about = "A statement of a bucket policy that allows everybody: `open` is true where nothing limits it, `unsure` where it has conditions and S3's own judgement was not read; `actions` are one a line, `by_exclusion` is true where it allows all but some."
-- ---
WITH opening AS (
    SELECT
        arn,
        account_id,
        coalesce(nullif(s['sid'], ''), 'without id') AS sid,
        array_to_string(s['actions'], chr(10)) AS actions,
        coalesce(array_length(s['not_actions']), 0) > 0 AS by_exclusion,
        coalesce(array_length(s['conditions']), 0) = 0 AS unconditional,
        regexp_like(
            array_to_string(s['conditions'], chr(10)),
            '(?im)^((foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)\|(aws:principalorgid|aws:principalorgpaths|aws:principalaccount|aws:sourceaccount|aws:sourceorgid|aws:sourceorgpaths|aws:sourceowner|aws:sourcevpc|aws:sourcevpce|kms:calleraccount)\|.*[a-z0-9]|(foranyvalue:)?(stringequals|stringlike|arnequals|arnlike)\|aws:(sourcearn|principalarn)\|arn:[a-z-]+:[a-z0-9-]+:[^:]*:([0-9]{12}:|:[a-z0-9])|ipaddress\|aws:sourceip\|[1-9])'
        ) AS limited
    FROM (
        SELECT arn, account_id, unnest(policy_statements(policy)) AS s
        FROM aws_s3_bucket_policy
        -- To parse every document is dear: few can name everybody.
        WHERE policy LIKE '%"*"%' OR policy LIKE '%"NotPrincipal"%'
    )
    WHERE s['effect'] = 'Allow'
        AND (
            array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*')
            OR coalesce(array_length(s['not_principals']), 0) > 0
        )
)
SELECT
    opening.arn,
    opening.account_id,
    opening.sid,
    opening.actions,
    opening.by_exclusion,
    opening.unconditional OR (NOT opening.limited AND status.bucket_policy_is_public IS TRUE) AS open,
    NOT opening.unconditional AND status.arn IS NULL AS unsure
FROM opening
LEFT JOIN aws_s3_bucket_policy_status AS status
    ON status.arn = opening.arn AND status.account_id = opening.account_id
