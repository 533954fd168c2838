-- ---
-- id = "ec2-account-metadata-v2-default"
-- title = "New instances ask for tokens unless told otherwise"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "The default of the region decides for every launch that says nothing: one call secures what nobody thought of."
-- limits = "Launches and images that ask for version 1 by name still get it, unless enforcement is on."
-- fix = "Set the default: `aws ec2 modify-instance-metadata-defaults --http-tokens required`, or by an EC2 declarative policy for all accounts."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE
        WHEN setting.account_id IS NULL THEN 'unknown'
        WHEN setting.http_tokens = 'required' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN setting.account_id IS NULL THEN 'the setting was not read' ELSE 'the default for tokens is ' || coalesce(setting.http_tokens, 'not set') END AS reason
FROM aws_region AS place
LEFT JOIN aws_ec2_instance_metadata_defaults AS setting
    ON setting.account_id = place.account_id AND setting.region = place.region
