-- ---
-- id = "ssm-automation-logs-kept"
-- title = "Scripts of automations write their output to logs"
-- severity = "low"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "What a script did is otherwise known only for as long as the console shows it."
-- limits = "Concerns the action that runs scripts; other actions are in CloudTrail."
-- fix = "Set the service setting for the output of automation scripts to `CloudWatch` in every region."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-logging.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE WHEN setting.setting_value = 'CloudWatch' THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN setting.setting_value IS NULL THEN 'the setting was never made'
        WHEN setting.setting_value = 'CloudWatch' THEN 'script output goes to CloudWatch Logs'
        ELSE 'script output goes to ' || setting.setting_value
    END AS reason
FROM aws_region AS place
LEFT JOIN aws_ssm_service_setting AS setting
    ON setting.account_id = place.account_id
    AND setting.region = place.region
    AND setting.setting_id = '/ssm/automation/customer-script-log-destination'
