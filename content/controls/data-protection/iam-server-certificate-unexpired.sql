-- ---
-- id = "iam-server-certificate-unexpired"
-- title = "No expired certificate is kept in IAM"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_server_certificate"
-- when_empty = "not_applicable"
-- why = "An expired certificate that a listener still uses, or gets again by mistake, breaks trust in the site."
-- limits = "IAM says when a certificate ends, not whether a load balancer or distribution still serves it."
-- fix = "Delete the certificate; use ACM, which renews by itself."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html"]
-- ---
SELECT
    certificate.arn AS resource,
    certificate.account_id,
    certificate.region,
    CASE
        WHEN certificate.expiration IS NULL THEN 'unknown'
        WHEN certificate.expiration > $now THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN certificate.expiration IS NULL THEN 'the list of certificates does not tell'
        WHEN certificate.expiration > $now THEN 'valid until ' || to_char(certificate.expiration, '%Y-%m-%d')
        ELSE 'expired on ' || to_char(certificate.expiration, '%Y-%m-%d')
    END AS reason
FROM aws_iam_server_certificate AS certificate
