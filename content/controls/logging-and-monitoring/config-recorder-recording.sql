-- ---
-- id = "config-recorder-recording"
-- title = "AWS Config records every resource type"
-- severity = "high"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "fail"
-- why = "Without a recorder nobody can say what a resource looked like before an incident, and no rule is evaluated."
-- limits = "A recorder may leave out the four global types of IAM: where these are recorded is judged by another control. Recorders of AWS services do not count."
-- fix = "Turn on the recorder with all supported resource types: `aws configservice put-configuration-recorder` and `start-configuration-recorder`, or AWS::Config::ConfigurationRecorder."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html", "https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html"]
-- ---
WITH recorder AS (
    SELECT
        recorder.account_id,
        recorder.region,
        CASE
            WHEN status.recording IS NULL THEN 1
            WHEN NOT status.recording OR lower(coalesce(status.last_status, '')) = 'failure' THEN 0
            WHEN recorder.all_supported OR recorder.recording_strategy = 'ALL_SUPPORTED_RESOURCE_TYPES' THEN 2
            WHEN recorder.recording_strategy = 'EXCLUSION_BY_RESOURCE_TYPES' AND array_has_all(
                make_array('AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::User'), recorder.excluded_resource_types
            ) THEN 2
            ELSE 0
        END AS verdict,
        'recorder ' || recorder.name || CASE
            WHEN status.recording IS NULL THEN ': its status was not read'
            WHEN NOT status.recording THEN ' is stopped'
            WHEN lower(coalesce(status.last_status, '')) = 'failure' THEN ' fails: ' || coalesce(status.last_error_code, 'no reason given')
            WHEN recorder.all_supported OR recorder.recording_strategy = 'ALL_SUPPORTED_RESOURCE_TYPES' THEN ' records every type'
            WHEN recorder.recording_strategy = 'EXCLUSION_BY_RESOURCE_TYPES'
                THEN ' leaves out ' || array_to_string(recorder.excluded_resource_types, ', ')
            ELSE ' records ' || coalesce(array_length(recorder.resource_types), 0) || ' types only'
        END AS what
    FROM aws_config_configuration_recorder AS recorder
    LEFT JOIN aws_config_configuration_recorder_status AS status
        ON status.recorder_name = recorder.name AND status.account_id = recorder.account_id AND status.region = recorder.region
    WHERE recorder.service_principal IS NULL
),

summary AS (
    SELECT account_id, region, max(verdict) AS verdict, string_agg(what, '; ' ORDER BY what) AS what
    FROM recorder
    GROUP BY account_id, region
)

SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE coalesce(summary.verdict, 0) WHEN 2 THEN 'pass' WHEN 1 THEN 'unknown' ELSE 'fail' END AS status,
    coalesce(summary.what, 'there is no recorder') AS reason
FROM aws_region AS area
LEFT JOIN summary ON summary.account_id = area.account_id AND summary.region = area.region
