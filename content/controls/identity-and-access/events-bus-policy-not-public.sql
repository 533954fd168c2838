-- ---
-- id = "events-bus-policy-not-public"
-- title = "Policies of event buses let nobody in at large"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_eventbridge_bus"
-- when_empty = "not_applicable"
-- why = "Whoever may put events can set off every automation behind the bus."
-- limits = "Conditions that name an account, organization, source or network are taken at their word."
-- fix = "Name the accounts, or add a condition on `aws:PrincipalOrgID`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html"]
-- ---
WITH public AS (
    SELECT
        statement.arn AS id,
        string_agg(DISTINCT array_to_string(statement.s['actions'], ', '), '; ') AS actions
    FROM (SELECT arn, unnest(policy_statements(policy)) AS s FROM aws_eventbridge_bus) AS statement
    WHERE statement.s['effect'] = 'Allow'
        AND (array_has(statement.s['principals'], '*:*') OR array_has(statement.s['principals'], 'AWS:*'))
        -- A condition that names an account, organization, source or network limits the grant; one that is only denied or optional does not.
        AND NOT regexp_like(
            array_to_string(statement.s['conditions'], chr(10)),
            '(?m)^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)[|]'
                || '(aws:sourceaccount|aws:sourcearn|aws:sourceowner|aws:sourceorgid|aws:sourceorgpaths|aws:principalaccount|aws:principalarn|'
                || 'aws:principalorgid|aws:principalorgpaths|aws:sourcevpc|aws:sourcevpce|aws:sourceip|aws:userid)[|]'
                || '.*[A-Za-z1-9]'
        )
    GROUP BY statement.arn
)

SELECT
    bus.arn AS resource,
    bus.account_id,
    bus.region,
    CASE WHEN public.id IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN public.id IS NULL THEN 'no statement lets everybody in' ELSE 'everybody may ' || public.actions END AS reason
FROM aws_eventbridge_bus AS bus
LEFT JOIN public ON public.id = bus.arn
