-- ---
-- id = "acm-certificate-not-expiring"
-- title = "Certificates do not run out within the coming weeks"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_acm_certificate"
-- when_empty = "not_applicable"
-- why = "A certificate that runs out takes its service down, and teaches people to click warnings away."
-- limits = "Certificates outside of ACM are not seen."
-- fix = "Import or request the new certificate now, and see why it was not renewed in time."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html"]
-- ---
SELECT
    certificate.arn AS resource,
    certificate.account_id,
    certificate.region,
    CASE
        WHEN certificate.status NOT IN ('ISSUED', 'EXPIRED', 'INACTIVE') THEN 'not_applicable'
        WHEN certificate.not_after IS NULL THEN 'unknown'
        WHEN days_between($now, certificate.not_after) > $certificates_expiry_fail_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN certificate.status NOT IN ('ISSUED', 'EXPIRED', 'INACTIVE') THEN 'the certificate is ' || certificate.status
        WHEN certificate.not_after IS NULL THEN 'its end is not known'
        WHEN days_between($now, certificate.not_after) < 0 THEN 'ran out on ' || to_char(certificate.not_after, '%Y-%m-%d')
        ELSE 'runs out in ' || days_between($now, certificate.not_after) || ' days, on ' || to_char(certificate.not_after, '%Y-%m-%d')
    END AS reason
FROM aws_acm_certificate AS certificate
