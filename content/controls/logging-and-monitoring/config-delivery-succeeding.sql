-- ---
-- id = "config-delivery-succeeding"
-- title = "Deliveries of AWS Config succeed"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_config_delivery_channel"
-- when_empty = "not_applicable"
-- why = "A channel that cannot write, because a bucket policy or a key changed, loses the history."
-- limits = "Sees the last delivery only."
-- fix = "Repair what the error names: mostly the bucket's policy or the recorder's role."
-- owner = "platform-engineer"
-- size = "S"
-- after = ["config-delivery-channel-present"]
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html"]
-- ---
SELECT
    channel.arn AS resource,
    channel.account_id,
    channel.region,
    CASE
        WHEN status.channel_name IS NULL THEN 'unknown'
        WHEN lower(coalesce(status.history_last_status, '')) = 'failure' OR lower(coalesce(status.stream_last_status, '')) = 'failure'
            OR lower(coalesce(status.snapshot_last_status, '')) = 'failure' THEN 'fail'
        WHEN lower(coalesce(status.history_last_status, '')) = 'success' THEN 'pass'
        ELSE 'not_applicable'
    END AS status,
    CASE
        WHEN status.channel_name IS NULL THEN 'the status was not read'
        WHEN lower(coalesce(status.history_last_status, '')) = 'failure' THEN 'history: ' || coalesce(status.history_last_error_code, 'failed')
        WHEN lower(coalesce(status.snapshot_last_status, '')) = 'failure' THEN 'snapshot: ' || coalesce(status.snapshot_last_error_code, 'failed')
        WHEN lower(coalesce(status.stream_last_status, '')) = 'failure' THEN 'topic: ' || coalesce(status.stream_last_error_code, 'failed')
        WHEN lower(coalesce(status.history_last_status, '')) = 'success' THEN 'the last delivery succeeded'
        ELSE 'nothing was delivered yet'
    END AS reason
FROM aws_config_delivery_channel AS channel
LEFT JOIN aws_config_delivery_channel_status AS status
    ON status.channel_name = channel.name AND status.account_id = channel.account_id AND status.region = channel.region
