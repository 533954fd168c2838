-- ---
-- id = "iam-saml-provider-metadata-valid"
-- title = "Metadata of identity providers do not expire soon"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_saml_provider"
-- when_empty = "not_applicable"
-- why = "When the metadata expire, nobody can sign in, and the break-glass user is all that is left."
-- limits = "Reads the date that AWS took from the metadata; whether the identity provider changed its signing key since then is not seen."
-- fix = "Load the provider's new metadata: `aws iam update-saml-provider`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_saml.html"]
-- ---
SELECT
    provider.arn AS resource,
    provider.account_id,
    provider.region,
    CASE
        WHEN provider.valid_until IS NULL THEN 'unknown'
        WHEN days_between($now, provider.valid_until) >= $saml_expiry_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN provider.valid_until IS NULL THEN 'the list of providers does not tell'
        WHEN provider.valid_until < $now THEN 'the metadata expired on ' || to_char(provider.valid_until, '%Y-%m-%d')
        ELSE 'the metadata are valid until ' || to_char(provider.valid_until, '%Y-%m-%d')
    END AS reason
FROM aws_iam_saml_provider AS provider
