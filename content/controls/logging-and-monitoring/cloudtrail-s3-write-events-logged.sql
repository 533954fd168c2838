-- ---
-- id = "cloudtrail-s3-write-events-logged"
-- title = "Writes of S3 objects are logged"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Management events say who changed a bucket, not who wrote or deleted objects: after a leak nobody could tell what was changed."
-- limits = "Trails alone: an event data store of CloudTrail Lake is not looked at. Buckets that a selector names one by one are not counted."
-- fix = "Add data events of `AWS::S3::Object` for all buckets (writes) to a multi-region trail; mind the cost of busy buckets."
-- owner = "security-engineer"
-- size = "M"
-- after = ["cloudtrail-multi-region-logging"]
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html"]
-- ---
WITH logged AS (
    SELECT
        trail.account_id,
        min(trail.name) AS name
    FROM aws_cloudtrail_trail AS trail
    -- The selectors of a trail of the organization stand in the account that owns it.
    INNER JOIN aws_cloudtrail_event_selector AS selector ON selector.trail_arn = trail.arn
    WHERE trail.is_multi_region_trail
        AND selector.event_category = 'Data'
        AND selector.resource_type = 'AWS::S3::Object'
        AND selector.read_write_type IN ('All', 'WriteOnly')
        AND coalesce(array_length(selector.conditions), 0) = 0
    GROUP BY trail.account_id
),

unread AS (
    SELECT trail.account_id, min(trail.arn) AS arn
    FROM aws_cloudtrail_trail AS trail
    LEFT JOIN aws_account AS owner ON owner.account_id = split_part(trail.arn, ':', 5)
    WHERE trail.is_multi_region_trail AND owner.account_id IS NULL
    GROUP BY trail.account_id
)

SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN logged.name IS NOT NULL THEN 'pass' WHEN unread.arn IS NOT NULL THEN 'unknown' ELSE 'fail' END AS status,
    CASE
        WHEN logged.name IS NOT NULL THEN 'trail ' || logged.name || ' logs writes of all objects'
        WHEN unread.arn IS NOT NULL THEN 'what ' || unread.arn || ' logs was not read'
        ELSE 'no multi-region trail logs writes of all objects'
    END AS reason
FROM aws_account AS account
LEFT JOIN logged ON logged.account_id = account.account_id
LEFT JOIN unread ON unread.account_id = account.account_id
