-- ---
-- id = "config-history-retention-as-designed"
-- title = "AWS Config keeps its history as long as the design says"
-- severity = "low"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "pass"
-- why = "A history that is cut short cannot answer what changed before an incident that is found late."
-- limits = "The service's own history; files in the bucket have a lifecycle of their own. Without a setting, Config keeps 7 years."
-- fix = "Set the retention period: `aws configservice put-retention-configuration --retention-period-in-days DAYS`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/delete-config-data-with-retention-period.html"]
-- ---
SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE WHEN coalesce(retention.retention_period_in_days, 2557) >= $config_history_minimum_days THEN 'pass' ELSE 'fail' END AS status,
    'kept for ' || coalesce(retention.retention_period_in_days, 2557) || ' days' AS reason
FROM aws_region AS area
LEFT JOIN aws_config_retention_configuration AS retention ON retention.account_id = area.account_id AND retention.region = area.region
