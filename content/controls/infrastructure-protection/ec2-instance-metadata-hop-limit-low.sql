-- ---
-- id = "ec2-instance-metadata-hop-limit-low"
-- title = "Answers of the metadata service do not travel far"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "A hop limit above what containers need lets a forwarding proxy or a foreign network behind the instance ask for its credentials."
-- limits = "Instances whose metadata service is off are not judged."
-- fix = "Set the hop limit to 1, or to 2 where containers ask: `aws ec2 modify-instance-metadata-options --http-put-response-hop-limit`."
-- owner = "workload-owner"
-- size = "S"
-- after = ["ec2-instance-metadata-v2-required"]
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') OR endpoint = 'disabled' THEN 'not_applicable'
        WHEN hops <= $instances_metadata_hop_limit_max THEN 'pass'
        WHEN hops IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance_state
        WHEN endpoint = 'disabled' THEN 'the metadata service is off'
        WHEN hops IS NULL THEN 'the hop limit was not given'
        ELSE 'the hop limit is ' || hops || ', at most ' || $instances_metadata_hop_limit_max || ' is allowed'
    END AS reason
FROM (
    SELECT
        arn,
        account_id,
        region,
        instance_state,
        json_get_int(metadata_options, 'HttpPutResponseHopLimit') AS hops,
        json_get_str(metadata_options, 'HttpEndpoint') AS endpoint
    FROM aws_ec2_instance
)
