-- ---
-- id = "lambda-function-policy-not-public"
-- title = "Functions cannot be called by everybody"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "Whoever may call a function runs its code with its role, and the account pays."
-- limits = "A statement counts as limited where a condition names an account, an organization, a source or a network. Calls by web address are judged by lambda-function-url-authenticated."
-- fix = "Remove the statement, or name the account or add aws:SourceAccount and aws:SourceArn."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html"]
-- ---
WITH opening AS (
    SELECT
        function_arn,
        account_id,
        coalesce(nullif(s['sid'], ''), 'without id') AS sid,
        array_to_string(s['conditions'], chr(10)) AS conditions,
        array_to_string(s['actions'], chr(10)) AS actions,
        array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*') OR coalesce(array_length(s['not_principals']), 0) > 0 AS everybody
    FROM (SELECT function_arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_lambda_function_policy)
    WHERE s['effect'] = 'Allow'
        AND (
            array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*') OR array_has(s['principals'], 'Service:s3.amazonaws.com')
            OR coalesce(array_length(s['not_principals']), 0) > 0
        )
),
public AS (
    SELECT
        function_arn,
        account_id,
        string_agg(
            CASE WHEN everybody THEN 'everybody in statement ' ELSE 'buckets of every account in statement ' END || sid,
            ', ' ORDER BY sid
        ) AS ways
    FROM opening
    WHERE NOT regexp_like(coalesce(conditions, ''), '(?im)^((foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)\|(aws:principalorgid|aws:principalorgpaths|aws:principalaccount|aws:sourceaccount|aws:sourceorgid|aws:sourceorgpaths|aws:sourceowner|aws:sourcevpc|aws:sourcevpce|lambda:eventsourcetoken)\|.*[a-z0-9]|(foranyvalue:)?(stringequals|stringlike|arnequals|arnlike)\|aws:(sourcearn|principalarn)\|arn:[a-z-]+:[a-z0-9-]+:[^:]*:([0-9]{12}:|:[a-z0-9]))')
        -- What opens a web address and nothing else.
        AND NOT (everybody AND (actions = 'lambda:invokefunctionurl' OR regexp_like(coalesce(conditions, ''), '(?im)^bool\|lambda:invokedviafunctionurl\|true$')))
    GROUP BY function_arn, account_id
)
SELECT
    function.arn AS resource,
    function.account_id,
    function.region,
    CASE WHEN public.ways IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN public.ways IS NULL THEN 'no statement lets everybody call it' ELSE 'the policy lets in ' || public.ways END AS reason
FROM aws_lambda_function AS function
LEFT JOIN public ON public.function_arn = function.arn AND public.account_id = function.account_id
