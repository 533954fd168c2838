-- ---
-- id = "config-delivery-channel-present"
-- title = "AWS Config delivers to a bucket"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "fail"
-- why = "What is recorded and delivered nowhere is gone with the account."
-- limits = "Says that a channel is set; whether it delivers is said by another control."
-- fix = "Give the region a delivery channel to the log-archive account's bucket: `aws configservice put-delivery-channel`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["config-recorder-recording"]
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html"]
-- ---
WITH channel AS (
    SELECT account_id, region, min(s3_bucket_name) AS bucket
    FROM aws_config_delivery_channel
    WHERE s3_bucket_name <> ''
    GROUP BY account_id, region
)

SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE WHEN channel.bucket IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('delivers to ' || channel.bucket, 'there is no delivery channel') AS reason
FROM aws_region AS area
LEFT JOIN channel ON channel.account_id = area.account_id AND channel.region = area.region
