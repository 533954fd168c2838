-- ---
-- id = "ssm-document-sharing-blocked"
-- title = "Public sharing of documents is blocked"
-- severity = "critical"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "The block keeps every document of the region private, also those that are written tomorrow."
-- limits = "A document that was public before the block stays public: another control looks for it."
-- fix = "Set the service setting for public sharing of documents to `Disable` in every region."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE WHEN setting.setting_value = 'Disable' THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN setting.setting_value IS NULL THEN 'the setting was never made'
        WHEN setting.setting_value = 'Disable' THEN 'public sharing is blocked'
        ELSE 'public sharing is set to ' || setting.setting_value
    END AS reason
FROM aws_region AS place
LEFT JOIN aws_ssm_service_setting AS setting
    ON setting.account_id = place.account_id
    AND setting.region = place.region
    AND setting.setting_id = '/ssm/documents/console/public-sharing-permission'
