-- ---
-- id = "ec2-instance-single-interface"
-- title = "Instances have one network interface"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "An instance with a foot in two networks joins them, past route tables and network ACLs."
-- limits = "Counts interfaces; what they are connected to is not looked at. Clusters and appliances that need several need an exception."
-- fix = "Detach the second interface, or record why the instance has it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'not_applicable'
        WHEN coalesce(json_length(network_interfaces), 0) <= 1 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance_state
        ELSE 'has network interfaces: ' || coalesce(json_length(network_interfaces), 0)
    END AS reason
FROM aws_ec2_instance
