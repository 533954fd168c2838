-- ---
-- id = "elbv2-target-group-protocol-encrypted"
-- title = "Load balancers reach their targets over encrypted connections"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ec2_target_group"
-- when_empty = "not_applicable"
-- why = "Behind the balancer the traffic crosses the network in the clear; sensitive workloads need TLS to the end."
-- limits = "Functions, gateways and targets that are load balancers themselves are not judged, nor are UDP and target groups that nothing uses."
-- fix = "Make the target group's protocol HTTPS or TLS, with certificates on the targets."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN coalesce(array_length(load_balancer_arns), 0) = 0 THEN 'not_applicable'
        WHEN target_type IN ('lambda', 'alb') OR protocol IN ('GENEVE', 'UDP') THEN 'not_applicable'
        WHEN protocol IN ('HTTPS', 'TLS', 'QUIC') THEN 'pass'
        WHEN protocol IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(array_length(load_balancer_arns), 0) = 0 THEN 'no load balancer uses it'
        WHEN target_type IN ('lambda', 'alb') THEN 'targets of type ' || target_type
        ELSE 'targets are reached over ' || coalesce(protocol, 'a protocol that was not given')
    END AS reason
FROM aws_ec2_target_group
