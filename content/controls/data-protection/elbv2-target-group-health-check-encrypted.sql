-- ---
-- id = "elbv2-target-group-health-check-encrypted"
-- title = "Load balancers ask for health over encrypted connections"
-- severity = "informational"
-- scope = "resource"
-- subject = "aws_ec2_target_group"
-- when_empty = "not_applicable"
-- why = "A health check in the clear tells whoever listens which hosts are there, and lets him answer in their place."
-- limits = "Functions, gateways, checks over TCP and target groups that nothing uses are not judged."
-- fix = "Make the protocol of the health check HTTPS."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN coalesce(array_length(load_balancer_arns), 0) = 0 THEN 'not_applicable'
        WHEN target_type = 'lambda' OR protocol = 'GENEVE' OR health_check_enabled IS NOT DISTINCT FROM false THEN 'not_applicable'
        WHEN health_check_protocol = 'HTTPS' THEN 'pass'
        WHEN health_check_protocol = 'TCP' THEN 'not_applicable'
        WHEN health_check_protocol IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(array_length(load_balancer_arns), 0) = 0 THEN 'no load balancer uses it'
        WHEN health_check_enabled IS NOT DISTINCT FROM false THEN 'health is not checked'
        ELSE 'health is asked over ' || coalesce(health_check_protocol, 'a protocol that was not given')
    END AS reason
FROM aws_ec2_target_group
