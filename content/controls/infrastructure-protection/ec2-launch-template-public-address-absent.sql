-- ---
-- id = "ec2-launch-template-public-address-absent"
-- title = "Launch templates give no public address"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_launch_template_version"
-- when_empty = "not_applicable"
-- why = "A template with a public address puts each new instance of a scaling group on the internet."
-- limits = "Default and latest versions are judged. A template that leaves the address to its subnet passes: vpc-subnet-public-address-not-assigned judges that."
-- fix = "Set AssociatePublicIpAddress to false in a new version and make it the default."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN bool_or(coalesce(associate_public_ip_address, false)) THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN bool_or(coalesce(associate_public_ip_address, false))
            THEN 'a public address is given by version ' || string_agg(CASE WHEN associate_public_ip_address THEN CAST(version_number AS VARCHAR) END, ', ' ORDER BY version_number)
        ELSE 'gives no public address'
    END AS reason
FROM aws_ec2_launch_template_version
GROUP BY arn, account_id, region
