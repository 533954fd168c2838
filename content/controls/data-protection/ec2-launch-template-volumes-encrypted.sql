-- ---
-- id = "ec2-launch-template-volumes-encrypted"
-- title = "Launch templates make no unencrypted volumes"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_launch_template_version"
-- when_empty = "not_applicable"
-- why = "A template that says unencrypted overrides nobody's mistake but repeats its own with each new instance."
-- limits = "Devices for which the template does not say anything follow the default of the region: ec2-ebs-default-encryption-enabled."
-- fix = "Set Encrypted to true for the device, with the key of the design, in a new version and make it the default."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN max(coalesce(array_length(unencrypted_devices), 0)) > 0 THEN 'fail' ELSE 'pass' END AS status,
    coalesce(
        'unencrypted: ' || string_agg(CASE WHEN array_length(unencrypted_devices) > 0 THEN array_to_string(unencrypted_devices, ', ') || ' of version ' || version_number END, ', ' ORDER BY version_number),
        'no device is said to be unencrypted'
    ) AS reason
FROM aws_ec2_launch_template_version
GROUP BY arn, account_id, region
