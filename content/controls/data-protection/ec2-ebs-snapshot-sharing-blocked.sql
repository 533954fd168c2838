-- ---
-- id = "ec2-ebs-snapshot-sharing-blocked"
-- title = "Snapshots cannot be shared with everybody"
-- severity = "high"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "A snapshot that is shared with everybody is a disk on the street; the switch makes that mistake impossible."
-- limits = "Sharing with single accounts stays possible, and is not looked at. A snapshot whose own setting says public is closed by this switch and open again without it: ec2-ebs-snapshot-not-public finds those."
-- fix = "Turn it on in every region: `aws ec2 enable-snapshot-block-public-access --state block-all-sharing`, or by an EC2 declarative policy."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE
        WHEN setting.account_id IS NULL THEN 'unknown'
        WHEN setting.state = 'block-all-sharing' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN setting.account_id IS NULL THEN 'the setting was not read' ELSE 'the state is ' || setting.state || CASE WHEN setting.state = 'block-new-sharing' THEN ': what is public already stays so' ELSE '' END END AS reason
FROM aws_region AS place
LEFT JOIN aws_ebs_snapshot_block_public_access AS setting
    ON setting.account_id = place.account_id AND setting.region = place.region
