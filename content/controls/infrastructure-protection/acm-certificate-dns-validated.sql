-- ---
-- id = "acm-certificate-dns-validated"
-- title = "Certificates in use are validated by DNS"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_acm_certificate"
-- when_empty = "not_applicable"
-- why = "A certificate that is validated by mail is renewed only if somebody answers the mail."
-- limits = "Certificates that are imported, private or not in use have no validation that matters."
-- fix = "Request the certificate anew with DNS validation and keep the CNAME record."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html"]
-- ---
SELECT
    certificate.arn AS resource,
    certificate.account_id,
    certificate.region,
    CASE
        WHEN certificate.type <> 'AMAZON_ISSUED' OR certificate.status <> 'ISSUED' OR certificate.in_use IS FALSE THEN 'not_applicable'
        WHEN validation.arn IS NULL OR coalesce(array_length(validation.validation_methods), 0) = 0 THEN 'unknown'
        WHEN array_has(validation.validation_methods, 'EMAIL') THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN certificate.type <> 'AMAZON_ISSUED' THEN 'ACM did not issue it'
        WHEN certificate.status <> 'ISSUED' THEN 'the certificate is ' || certificate.status
        WHEN certificate.in_use IS FALSE THEN 'not in use'
        WHEN validation.arn IS NULL OR coalesce(array_length(validation.validation_methods), 0) = 0 THEN 'its validation was not read'
        ELSE 'validated by ' || array_to_string(validation.validation_methods, ' and ')
            || coalesce(', renewal ' || validation.renewal_status, '')
    END AS reason
FROM aws_acm_certificate AS certificate
LEFT JOIN aws_acm_certificate_validation AS validation
    ON validation.arn = certificate.arn AND validation.account_id = certificate.account_id
