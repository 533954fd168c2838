-- ---
-- id = "sns-topic-policy-not-public"
-- title = "Policies of topics let nobody in at large"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_sns_topic"
-- when_empty = "not_applicable"
-- why = "Whoever may publish can send false alarms; whoever may subscribe reads every message."
-- limits = "Conditions that name an account, organization, source or network are taken at their word."
-- fix = "Name the services or accounts that may publish, with a condition on the source."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"]
-- ---
WITH public AS (
    SELECT
        statement.topic_arn AS id,
        string_agg(DISTINCT array_to_string(statement.s['actions'], ', '), '; ') AS actions
    FROM (SELECT topic_arn, unnest(policy_statements(policy)) AS s FROM aws_sns_topic_attributes) AS statement
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
    GROUP BY statement.topic_arn
)

SELECT
    topic.arn AS resource,
    topic.account_id,
    topic.region,
    CASE
        WHEN attributes.topic_arn IS NULL THEN 'unknown'
        WHEN public.id IS NOT NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN attributes.topic_arn IS NULL THEN 'its attributes were not read'
        WHEN public.id IS NOT NULL THEN 'everybody may ' || public.actions
        ELSE 'no statement lets everybody in'
    END AS reason
FROM aws_sns_topic AS topic
LEFT JOIN aws_sns_topic_attributes AS attributes
    ON attributes.topic_arn = topic.topic_arn AND attributes.account_id = topic.account_id AND attributes.region = topic.region
LEFT JOIN public ON public.id = topic.topic_arn
