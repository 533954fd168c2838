-- ---
-- id = "ec2-serial-console-disabled"
-- title = "The serial console is closed"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "The serial console reaches an instance past its security groups, with a password and no more."
-- limits = "Who may use the console where it is open is decided by policies, which are not judged here."
-- fix = "Close it: `aws ec2 disable-serial-console-access`; open it for the hour of an incident."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE
        WHEN setting.account_id IS NULL THEN 'unknown'
        WHEN NOT setting.serial_console_access_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN setting.account_id IS NULL THEN 'the setting was not read' ELSE CASE WHEN setting.serial_console_access_enabled THEN 'the serial console is open' ELSE 'the serial console is closed' END END AS reason
FROM aws_region AS place
LEFT JOIN aws_ec2_serial_console_access AS setting
    ON setting.account_id = place.account_id AND setting.region = place.region
