-- ---
-- id = "rds-instance-not-public"
-- title = "Databases have no public address"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "A database with a public address is found by scanners within hours: one weak password or one hole is enough."
-- limits = "Says nothing about who the security groups let in."
-- fix = "Set the instance to not publicly accessible, and reach it through the VPC."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN NOT db.publicly_accessible THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT db.publicly_accessible THEN 'no public address'
        ELSE 'the instance has a public address'
    END AS reason
FROM aws_rds_db_instance AS db
