-- ---
-- id = "efs-mount-target-subnets-private"
-- title = "File systems are mounted in subnets that give out no public addresses"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_efs_file_system"
-- when_empty = "not_applicable"
-- why = "In a subnet that gives public addresses to what is started there, clients of the file system stand on the internet."
-- limits = "Judges the subnet's setting, not its routes; subnets shared by another account are unknown."
-- fix = "Move the mount targets to private subnets."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html"]
-- ---
WITH mounted AS (
    SELECT
        target.file_system_arn AS arn,
        target.account_id,
        bool_or(subnet.arn IS NULL) AS unsure,
        string_agg(
            DISTINCT CASE WHEN subnet.map_public_ip_on_launch THEN target.subnet_id END, ', '
            ORDER BY CASE WHEN subnet.map_public_ip_on_launch THEN target.subnet_id END
        ) AS subnets
    FROM aws_efs_mount_target AS target
    LEFT JOIN aws_vpc_subnet AS subnet
        ON subnet.account_id = target.account_id AND subnet.region = target.region AND subnet.subnet_id = target.subnet_id
    GROUP BY target.file_system_arn, target.account_id
)
SELECT
    file_system.arn AS resource,
    file_system.account_id,
    file_system.region,
    CASE
        WHEN mounted.subnets IS NOT NULL THEN 'fail'
        WHEN file_system.number_of_mount_targets = 0 THEN 'not_applicable'
        WHEN mounted.arn IS NULL OR mounted.unsure THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN mounted.subnets IS NOT NULL THEN 'gives out public addresses: ' || mounted.subnets
        WHEN file_system.number_of_mount_targets = 0 THEN 'nobody can mount it: it has no mount target'
        WHEN mounted.arn IS NULL OR mounted.unsure THEN 'a subnet was not read'
        ELSE 'no subnet gives out public addresses'
    END AS reason
FROM aws_efs_file_system AS file_system
LEFT JOIN mounted ON mounted.arn = file_system.arn AND mounted.account_id = file_system.account_id
