-- ---
-- id = "ec2-ami-not-public"
-- title = "Images are not shared with everybody"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_ec2_ami"
-- when_empty = "not_applicable"
-- why = "Whoever starts a public image reads its disk: code, configuration, and the keys that were left on it."
-- limits = "Accounts that an image is shared with one by one are not read."
-- fix = "Remove the group `all` from the launch permissions and replace the secrets on the image."
-- owner = "incident-responder"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN public THEN 'fail' ELSE 'pass' END AS status,
    coalesce(name, image_id) || CASE WHEN public THEN ' can be started by every AWS account' ELSE ' is not shared with everybody' END AS reason
FROM aws_ec2_ami
