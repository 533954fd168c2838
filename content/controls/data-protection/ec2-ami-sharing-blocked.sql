-- ---
-- id = "ec2-ami-sharing-blocked"
-- title = "Images cannot be shared with everybody"
-- severity = "high"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "A public image gives its disk, with all that was left on it, to whoever starts it."
-- limits = "Images that are public already stay so: ec2-ami-not-public finds them."
-- fix = "Turn it on in every region: `aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE
        WHEN setting.account_id IS NULL THEN 'unknown'
        WHEN setting.state = 'block-new-sharing' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN setting.account_id IS NULL THEN 'the setting was not read' ELSE 'the state is ' || setting.state END AS reason
FROM aws_region AS place
LEFT JOIN aws_ec2_image_block_public_access AS setting
    ON setting.account_id = place.account_id AND setting.region = place.region
