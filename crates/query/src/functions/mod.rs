//! SQL functions of our own, each a small module.

mod cidr;
mod days_between;
mod policy_statements;

use datafusion::logical_expr::ScalarUDF;

/// Every function of our own.
pub(crate) fn all() -> Vec<ScalarUDF> {
    vec![
        ScalarUDF::from(policy_statements::PolicyStatements::default()),
        ScalarUDF::from(cidr::CidrContains::default()),
        ScalarUDF::from(cidr::IsPublicCidr::default()),
        ScalarUDF::from(days_between::DaysBetween::default()),
    ]
}

/// The names and what they say, for `standfast tables --functions` and the reference.
pub(crate) const DOCS: &[(&str, &str)] = &[
    (
        "policy_statements(policy)",
        "The statements of a policy document, one form for all of the language's shorthands: a list of structures with sid, effect, principals, not_principals, actions, not_actions, resources, not_resources, conditions. Text that is no policy gives an empty list.",
    ),
    (
        "cidr_contains(outer, inner)",
        "Whether the address range `inner` lies within `outer`; NULL where either is no range.",
    ),
    (
        "is_public_cidr(range)",
        "Whether a range holds an address of the public internet; NULL where it is no range.",
    ),
    ("days_between(earlier, later)", "Whole days from one moment to another."),
];
