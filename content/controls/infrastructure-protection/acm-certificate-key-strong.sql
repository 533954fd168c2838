-- ---
-- id = "acm-certificate-key-strong"
-- title = "Certificates have strong keys"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_acm_certificate"
-- when_empty = "not_applicable"
-- why = "A short RSA key can be broken; browsers refuse it, and what was recorded can be read later."
-- limits = "Looks at the key, not at the signature of the authority."
-- fix = "Replace the certificate by one with RSA 2048 or longer, or an elliptic curve."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html"]
-- ---
SELECT
    certificate.arn AS resource,
    certificate.account_id,
    certificate.region,
    CASE
        WHEN certificate.key_algorithm IS NULL THEN 'unknown'
        WHEN array_has($certificates_key_algorithms, certificate.key_algorithm) THEN 'pass'
        ELSE 'fail'
    END AS status,
    coalesce('the key is ' || certificate.key_algorithm, 'the key is not known') AS reason
FROM aws_acm_certificate AS certificate
