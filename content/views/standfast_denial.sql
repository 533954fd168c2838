-- ---
-- name = "standfast_denial"
-- about = "An action that a statement of a service or resource control policy denies: `pattern` is for LIKE; `on_all` is true for all resources, `on_baseline` also for all that carry the namespace, `resources` are separated by spaces; `for_everybody` is true where no principal is named; `conditions` are one a line, `restrictions` are those of them that do more than exempt some principals, `restrictions_beside_tags` those that remain without the ones on tags of the resource."
-- ---
SELECT
    policy_id,
    policy_type,
    replace(replace(action, '*', '%'), '?', '_') AS pattern,
    array_has(s['resources'], '*') AS on_all,
    array_has(s['resources'], '*') OR regexp_like(
        array_to_string(s['resources'], ' '),
        '(^| )arn:[^: ]+:[^: ]+:[*]?:[*]?:([a-z-]+[:/])?([*]|' || $names_namespace || '[^ ]*)( |$)'
    ) AS on_baseline,
    array_to_string(s['resources'], ' ') AS resources,
    array_has(s['principals'], '*:*') AS for_everybody,
    array_to_string(s['conditions'], chr(10)) AS conditions,
    btrim(restrictions, chr(10)) AS restrictions,
    btrim(
        regexp_replace(restrictions, '(?im)^(foranyvalue:)?string(equals|like)[a-z]*[|]aws:resourcetag/[^|]+[|].*$', '', 'g'),
        chr(10)
    ) AS restrictions_beside_tags
FROM (
    SELECT
        policy_id,
        policy_type,
        s,
        unnest(s['actions']) AS action,
        regexp_replace(
            array_to_string(s['conditions'], chr(10)),
            '(?im)^(forallvalues:|foranyvalue:)?((arn|string)not[a-z]*[|]aws:principal(arn|account|orgid|orgpaths|tag/[^|]*)[|].*|bool(ifexists)?[|]aws:(principalisawsservice|viaawsservice)[|]false)$',
            '', 'g'
        ) AS restrictions
    FROM (
        SELECT policy_id, type AS policy_type, unnest(policy_statements(content)) AS s
        FROM aws_organizations_policy_document
        WHERE type IN ('SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY')
    )
    WHERE s['effect'] = 'Deny'
)
