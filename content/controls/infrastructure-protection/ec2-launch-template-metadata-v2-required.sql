-- ---
-- id = "ec2-launch-template-metadata-v2-required"
-- title = "Launch templates ask for tokens of the metadata service"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_launch_template_version"
-- when_empty = "not_applicable"
-- why = "What a scaling group starts tonight is what its template says: without required tokens every new instance is open again."
-- limits = "Default and latest versions are judged; a template that leaves it open counts as careless, whatever the default of the region."
-- fix = "Add MetadataOptions with HttpTokens required in a new version and make it the default."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN bool_and(careful) THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN bool_and(careful) THEN 'its versions ask for tokens or have no metadata service'
        ELSE 'tokens are not required by version ' || string_agg(CASE WHEN NOT careful THEN CAST(version_number AS VARCHAR) END, ', ' ORDER BY version_number)
    END AS reason
FROM (
    SELECT
        arn,
        account_id,
        region,
        version_number,
        coalesce(metadata_http_tokens, '') = 'required' OR coalesce(metadata_http_endpoint, '') = 'disabled' AS careful
    FROM aws_ec2_launch_template_version
)
GROUP BY arn, account_id, region
