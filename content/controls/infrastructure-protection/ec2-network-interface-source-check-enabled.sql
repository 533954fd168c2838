-- ---
-- id = "ec2-network-interface-source-check-enabled"
-- title = "Network interfaces check source and destination"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_network_interface"
-- when_empty = "not_applicable"
-- why = "An interface without the check can pass on traffic of others: a quiet way around the route tables."
-- limits = "Interfaces that AWS services manage, and those of NAT gateways and appliances behind a load balancer, are not judged."
-- fix = "Turn on the check; where an instance routes on purpose, record an exception."
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
        WHEN requester_managed OR coalesce(interface_type, 'interface') NOT IN ('interface', 'efa', 'efa-only') THEN 'not_applicable'
        WHEN source_dest_check THEN 'pass'
        WHEN source_dest_check IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN requester_managed THEN 'an AWS service manages the interface'
        WHEN coalesce(interface_type, 'interface') NOT IN ('interface', 'efa', 'efa-only') THEN 'an interface of type ' || interface_type
        WHEN source_dest_check THEN 'the check is on'
        WHEN source_dest_check IS NULL THEN 'the service did not say'
        ELSE 'the check is off'
    END AS reason
FROM aws_ec2_network_interface
