-- ---
-- id = "ec2-instance-metadata-v2-required"
-- title = "Instances give credentials only to requests with a token"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "Version 1 of the metadata service answers any request that a web application can be tricked into: the instance's credentials leave with it."
-- limits = "Whether software on the instance still asks without a token is not seen: look at the CloudWatch metric MetadataNoToken first."
-- fix = "Require tokens: `aws ec2 modify-instance-metadata-options --http-tokens required`, and in launch templates and images."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'not_applicable'
        WHEN endpoint = 'disabled' OR tokens = 'required' THEN 'pass'
        WHEN tokens IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance_state
        WHEN endpoint = 'disabled' THEN 'the metadata service is off'
        WHEN tokens IS NULL THEN 'the metadata options were not given'
        ELSE 'tokens are ' || tokens
    END AS reason
FROM (
    SELECT
        arn,
        account_id,
        region,
        instance_state,
        json_get_str(metadata_options, 'HttpTokens') AS tokens,
        json_get_str(metadata_options, 'HttpEndpoint') AS endpoint
    FROM aws_ec2_instance
)
