-- ---
-- id = "elbv2-listener-certificate-from-acm"
-- title = "TLS listeners use certificates of ACM"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer_listener"
-- when_empty = "not_applicable"
-- why = "Certificates of ACM renew themselves and their keys never lie in a file; those uploaded to IAM run out on a holiday."
-- limits = "Only the default certificate of a listener is judged."
-- fix = "Request the certificate in ACM with DNS validation and set it on the listener."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN coalesce(protocol, 'HTTPS') NOT IN ('HTTPS', 'TLS') THEN 'not_applicable'
        WHEN certificate_arn IS NULL THEN 'unknown'
        WHEN split_part(certificate_arn, ':', 3) = 'acm' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(protocol, 'HTTPS') NOT IN ('HTTPS', 'TLS') THEN 'a listener for ' || protocol
        ELSE 'the certificate is ' || coalesce(certificate_arn, 'not given')
    END AS reason
FROM aws_ec2_load_balancer_listener
