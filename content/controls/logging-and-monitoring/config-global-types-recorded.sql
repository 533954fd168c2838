-- ---
-- id = "config-global-types-recorded"
-- title = "AWS Config records the global types of IAM in some region"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Users, groups, roles and policies are recorded where somebody asked for it only: else the history of who had which right is missing."
-- limits = "Does not mind that they are recorded in several regions, which costs more and says nothing new."
-- fix = "Record global types in the home region: `includeGlobalResourceTypes` of the recorder's group."
-- owner = "security-engineer"
-- size = "S"
-- after = ["config-recorder-recording"]
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html"]
-- ---
WITH recorded AS (
    SELECT recorder.account_id, min(recorder.region) AS region
    FROM aws_config_configuration_recorder AS recorder
    INNER JOIN aws_config_configuration_recorder_status AS status
        ON status.recorder_name = recorder.name AND status.account_id = recorder.account_id AND status.region = recorder.region
    WHERE recorder.service_principal IS NULL
        AND status.recording
        AND (
            (recorder.all_supported AND recorder.include_global_resource_types)
            OR array_has_all(recorder.resource_types, make_array('AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'))
            OR (
                recorder.recording_strategy = 'EXCLUSION_BY_RESOURCE_TYPES'
                AND NOT array_has_any(
                    recorder.excluded_resource_types,
                    make_array('AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User')
                )
            )
        )
    GROUP BY recorder.account_id
)

SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN recorded.region IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN recorded.region IS NOT NULL THEN 'recorded in ' || recorded.region ELSE 'recorded in no region' END AS reason
FROM aws_account AS account
LEFT JOIN recorded ON recorded.account_id = account.account_id
