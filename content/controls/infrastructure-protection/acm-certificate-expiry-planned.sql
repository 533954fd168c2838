-- ---
-- id = "acm-certificate-expiry-planned"
-- title = "Certificates that nobody renews by machine are renewed months ahead"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_acm_certificate"
-- when_empty = "not_applicable"
-- why = "Renewing by hand takes people, approvals and a change window: that has to begin in time."
-- limits = "Certificates that ACM renews by itself, and those within the last weeks (another control), are not judged."
-- fix = "Begin the renewal, or replace the certificate by one that ACM issues and renews."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/acm/latest/userguide/import-certificate.html"]
-- ---
SELECT
    certificate.arn AS resource,
    certificate.account_id,
    certificate.region,
    CASE
        WHEN certificate.status <> 'ISSUED' THEN 'not_applicable'
        WHEN certificate.type = 'AMAZON_ISSUED' AND certificate.renewal_eligibility = 'ELIGIBLE' THEN 'not_applicable'
        WHEN certificate.not_after IS NULL THEN 'unknown'
        WHEN days_between($now, certificate.not_after) <= $certificates_expiry_fail_days THEN 'not_applicable'
        WHEN days_between($now, certificate.not_after) > $certificates_expiry_warn_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN certificate.status <> 'ISSUED' THEN 'the certificate is ' || certificate.status
        WHEN certificate.type = 'AMAZON_ISSUED' AND certificate.renewal_eligibility = 'ELIGIBLE' THEN 'ACM renews it'
        WHEN certificate.not_after IS NULL THEN 'its end is not known'
        ELSE 'runs out in ' || days_between($now, certificate.not_after) || ' days, on ' || to_char(certificate.not_after, '%Y-%m-%d')
    END AS reason
FROM aws_acm_certificate AS certificate
