-- ---
-- id = "organizations-guardrail-regions-restricted"
-- title = "A guardrail closes all regions but the allowed ones"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "What runs in a region that nobody looks at is found on the bill."
-- limits = "Takes a denial by aws:RequestedRegion with exceptions for global services as it stands: which actions it exempts is not weighed."
-- fix = "Attach the design's guardrail to the root or the account's unit."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-service-control-policies-enabled"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html"]
-- ---
WITH statement AS (
    SELECT policy_id, array_to_string(s['conditions'], chr(10)) AS conditions, s['conditions'] AS parts
    FROM (
        SELECT policy_id, unnest(policy_statements(content)) AS s
        FROM aws_organizations_policy_document
        WHERE type = 'SERVICE_CONTROL_POLICY'
    )
    WHERE s['effect'] = 'Deny'
        AND array_has(s['resources'], '*')
        AND (array_has(s['actions'], '*') OR coalesce(array_length(s['not_actions']), 0) > 0)
        AND regexp_like(array_to_string(s['conditions'], chr(10)), '(?im)^string(notequals|notlike)(ifexists)?[|]aws:requestedregion[|]')
            AND btrim(regexp_replace(regexp_replace(array_to_string(s['conditions'], chr(10)), '(?im)^(forallvalues:|foranyvalue:)?((arn|string)not[a-z]*[|]aws:principal(arn|account|orgid|orgpaths|tag/[^|]*)[|].*|bool(ifexists)?[|]aws:(principalisawsservice|viaawsservice)[|]false)$', '', 'g'), '(?im)^string(notequals|notlike)(ifexists)?[|]aws:requestedregion[|].*$', '', 'g'), chr(10)) = ''
),
closed AS (
    SELECT
        policy_id,
        conditions,
        coalesce(
            string_agg(CASE WHEN NOT array_has($regions_allowed, split_part(part, '|', 3)) THEN split_part(part, '|', 3) END, ', '),
            ''
        ) AS strange
    FROM (SELECT policy_id, conditions, unnest(parts) AS part FROM statement)
    WHERE regexp_like(part, '(?i)^string(notequals|notlike)(ifexists)?[|]aws:requestedregion[|]')
    GROUP BY policy_id, conditions
),
reached AS (
    SELECT bound.account_id, min(closed.strange) AS strange
    FROM standfast_binding AS bound
    INNER JOIN closed ON closed.policy_id = bound.policy_id
    GROUP BY bound.account_id
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN account.is_management OR NOT account.in_organization THEN 'not_applicable'
        WHEN member.id IS NULL THEN 'unknown'
        WHEN reached.strange = '' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN account.is_management THEN 'no service control policy binds the management account'
        WHEN NOT account.in_organization THEN 'in no organization'
        WHEN member.id IS NULL THEN 'the account''s place in the organization was not read'
        WHEN reached.strange = '' THEN 'all other regions are closed'
        WHEN reached.strange IS NOT NULL THEN 'also open: ' || reached.strange
        ELSE 'no service control policy closes regions'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_organizations_account AS member ON member.id = account.account_id
LEFT JOIN reached ON reached.account_id = account.account_id
