-- ---
-- id = "organizations-declarative-ec2-policy-attached"
-- title = "A declarative policy sets metadata, images and snapshots of every account"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A declared setting holds in every region, also in those that are opened tomorrow, and nobody in the account can change it."
-- limits = "Reads assigned values; a child policy that changes them is not followed."
-- fix = "Attach the design's declarative policy for EC2 to the root."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-declarative-ec2-policies-enabled"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html"]
-- ---
WITH declared AS (
    SELECT
        policy_id,
        json_get_str(content, 'ec2_attributes', 'instance_metadata_defaults', 'http_tokens', '@@assign') = 'required' AS tokens,
        json_get_str(content, 'ec2_attributes', 'image_block_public_access', 'state', '@@assign') = 'block_new_sharing' AS images,
        json_get_str(content, 'ec2_attributes', 'snapshot_block_public_access', 'state', '@@assign') = 'block_all_sharing' AS snapshots
    FROM aws_organizations_policy_document
    WHERE type = 'DECLARATIVE_POLICY_EC2'
),
reached AS (
    SELECT bound.account_id, bool_or(declared.tokens) AS tokens, bool_or(declared.images) AS images, bool_or(declared.snapshots) AS snapshots
    FROM standfast_binding AS bound
    INNER JOIN declared ON declared.policy_id = bound.policy_id
    GROUP BY bound.account_id
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN NOT account.in_organization THEN 'not_applicable'
        WHEN member.id IS NULL THEN 'unknown'
        WHEN reached.tokens AND reached.images AND reached.snapshots THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT account.in_organization THEN 'in no organization'
        WHEN member.id IS NULL THEN 'the account''s place in the organization was not read'
        WHEN reached.tokens AND reached.images AND reached.snapshots THEN 'declared: metadata tokens, no public images, no public snapshots'
        ELSE 'not declared: ' || concat_ws(
            ', ',
            CASE WHEN NOT coalesce(reached.tokens, false) THEN 'metadata tokens' END,
            CASE WHEN NOT coalesce(reached.images, false) THEN 'no public images' END,
            CASE WHEN NOT coalesce(reached.snapshots, false) THEN 'no public snapshots' END
        )
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_organizations_account AS member ON member.id = account.account_id
LEFT JOIN reached ON reached.account_id = account.account_id
