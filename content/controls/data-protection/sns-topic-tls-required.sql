-- ---
-- id = "sns-topic-tls-required"
-- title = "Topics refuse messages that come without TLS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_sns_topic"
-- when_empty = "not_applicable"
-- why = "A message that was published over plain HTTP could be read and changed on its way."
-- limits = "A statement that denies publishing is enough; other actions of the topic are not looked at."
-- fix = "Add to the topic's policy a denial of `sns:Publish` for everybody where `aws:SecureTransport` is false."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"]
-- ---
WITH refusing AS (
    SELECT statement.topic_arn
    FROM (SELECT topic_arn, unnest(policy_statements(policy)) AS s FROM aws_sns_topic_attributes) AS statement
    WHERE statement.s['effect'] = 'Deny'
        AND (array_has(statement.s['principals'], '*:*') OR array_has(statement.s['principals'], 'AWS:*'))
        AND array_has_any(statement.s['actions'], make_array('*', 'sns:*', 'sns:publish', 'sns:publish*'))
        -- The one condition: another one beside it would let some messages through.
        AND array_to_string(statement.s['conditions'], ' and ') ILIKE 'Bool|aws:securetransport|false'
    GROUP BY statement.topic_arn
)

SELECT
    topic.arn AS resource,
    topic.account_id,
    topic.region,
    CASE
        WHEN attributes.topic_arn IS NULL THEN 'unknown'
        WHEN refusing.topic_arn IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN attributes.topic_arn IS NULL THEN 'its attributes were not read'
        WHEN refusing.topic_arn IS NOT NULL THEN 'publishing without TLS is denied'
        ELSE 'no statement denies publishing without TLS'
    END AS reason
FROM aws_sns_topic AS topic
LEFT JOIN aws_sns_topic_attributes AS attributes
    ON attributes.topic_arn = topic.topic_arn AND attributes.account_id = topic.account_id AND attributes.region = topic.region
LEFT JOIN refusing ON refusing.topic_arn = topic.topic_arn
