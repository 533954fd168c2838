-- ---
-- id = "sns-topic-encrypted-with-kms"
-- title = "Topics are encrypted with KMS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_sns_topic"
-- when_empty = "not_applicable"
-- why = "Messages that wait for delivery lie on disk: alarms and findings name what is weak."
-- limits = "Any key of KMS counts; with the key of AWS for SNS, alarms and event rules cannot publish."
-- fix = "Give the topic the key of the design: `aws sns set-topic-attributes --attribute-name KmsMasterKeyId`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"]
-- ---
SELECT
    topic.arn AS resource,
    topic.account_id,
    topic.region,
    CASE
        WHEN attributes.topic_arn IS NULL THEN 'unknown'
        WHEN attributes.kms_master_key_id <> '' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN attributes.topic_arn IS NULL THEN 'its attributes were not read'
        WHEN attributes.kms_master_key_id <> '' THEN 'encrypted with ' || attributes.kms_master_key_id
        ELSE 'not encrypted with KMS'
    END AS reason
FROM aws_sns_topic AS topic
LEFT JOIN aws_sns_topic_attributes AS attributes
    ON attributes.topic_arn = topic.topic_arn AND attributes.account_id = topic.account_id AND attributes.region = topic.region
