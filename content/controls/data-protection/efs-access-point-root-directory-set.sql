-- ---
-- id = "efs-access-point-root-directory-set"
-- title = "Access points show a folder, not the whole file system"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_efs_access_point"
-- when_empty = "not_applicable"
-- why = "An access point is to keep an application to its folder; with the root folder it keeps it to nothing."
-- limits = "Does not look at the rights within the folder."
-- fix = "Make the access point anew with the application's folder as its root directory."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html"]
-- ---
SELECT
    point.arn AS resource,
    point.account_id,
    point.region,
    CASE WHEN point.root_directory_path <> '/' THEN 'pass' ELSE 'fail' END AS status,
    'clients see ' || coalesce(point.root_directory_path, '/') AS reason
FROM aws_efs_access_point AS point
