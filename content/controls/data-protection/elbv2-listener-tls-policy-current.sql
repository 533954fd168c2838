-- ---
-- id = "elbv2-listener-tls-policy-current"
-- title = "TLS listeners use a current policy"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer_listener"
-- when_empty = "not_applicable"
-- why = "Old policies still speak TLS 1.0 or ciphers without forward secrecy: recorded traffic is opened years later."
-- limits = "The design lists the policies that are current, and somebody has to keep the list so; what clients really agree on is in the access logs."
-- fix = "Set the listener's policy to the one that the design names first."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN coalesce(protocol, 'HTTPS') NOT IN ('HTTPS', 'TLS') THEN 'not_applicable'
        WHEN array_has($load_balancers_tls_policies, ssl_policy) THEN 'pass'
        WHEN ssl_policy IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(protocol, 'HTTPS') NOT IN ('HTTPS', 'TLS') THEN 'a listener for ' || protocol
        ELSE 'the policy is ' || coalesce(ssl_policy, 'not given')
    END AS reason
FROM aws_ec2_load_balancer_listener
