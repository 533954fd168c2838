-- ---
-- id = "securityhub-organization-auto-enabled"
-- title = "Security Hub is turned on for new accounts by itself"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_securityhub_organization_configuration"
-- when_empty = "not_applicable"
-- why = "Accounts come and go: whoever must be remembered by hand is forgotten."
-- limits = "With central configuration, the policies that decide are not read. Rows are there in an administrator with members only."
-- fix = "Use central configuration, or turn on auto-enable: `aws securityhub update-organization-configuration --auto-enable`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["securityhub-administered-centrally"]
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/central-configuration-intro.html"]
-- ---
SELECT
    hub_arn AS resource,
    account_id,
    region,
    CASE
        WHEN member_account_limit_reached THEN 'fail'
        WHEN configuration_type = 'CENTRAL' AND configuration_status = 'ENABLED' THEN 'pass'
        WHEN auto_enable THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN member_account_limit_reached THEN 'the service takes no more accounts'
        WHEN configuration_type = 'CENTRAL' AND configuration_status = 'ENABLED' THEN 'central configuration decides'
        WHEN auto_enable THEN 'on for new accounts'
        WHEN configuration_type = 'CENTRAL' THEN 'central configuration is ' || coalesce(configuration_status, 'not set up')
        ELSE 'new accounts are not turned on by themselves'
    END AS reason
FROM aws_securityhub_organization_configuration
