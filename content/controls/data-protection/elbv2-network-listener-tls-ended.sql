-- ---
-- id = "elbv2-network-listener-tls-ended"
-- title = "Network load balancers for the internet speak TLS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "A listener on bare TCP leaves encryption to each target, with as many certificates and versions as there are targets."
-- limits = "A TCP listener may pass on TLS that its targets end: record an exception where that is so. UDP listeners are not judged."
-- fix = "Make the listener a TLS listener with a certificate of ACM and the TLS policy of the design."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html"]
-- ---
SELECT
    balancer.arn AS resource,
    balancer.account_id,
    balancer.region,
    CASE
        WHEN balancer.type <> 'network' OR balancer.scheme = 'internal' THEN 'not_applicable'
        WHEN plain.ports IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN balancer.type <> 'network' THEN 'a load balancer of type ' || balancer.type
        WHEN balancer.scheme = 'internal' THEN 'an internal load balancer'
        WHEN plain.ports IS NULL THEN 'no listener on bare TCP'
        ELSE 'bare TCP on port ' || plain.ports
    END AS reason
FROM aws_ec2_load_balancer AS balancer
LEFT JOIN (
    SELECT load_balancer_arn, account_id, string_agg(coalesce(CAST(port AS VARCHAR), 'unknown'), ', ' ORDER BY port) AS ports
    FROM aws_ec2_load_balancer_listener
    WHERE coalesce(protocol, 'TCP') IN ('TCP', 'TCP_UDP')
    GROUP BY load_balancer_arn, account_id
) AS plain ON plain.load_balancer_arn = balancer.arn AND plain.account_id = balancer.account_id
