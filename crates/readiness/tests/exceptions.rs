//! Exceptions: what they cover, until when, and what is wrong with a broken file.
#![allow(clippy::expect_used, clippy::format_push_string, reason = "a test may end at once")]

use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::prelude::*;
use standfast_model::{Account, Finding, FindingStatus, LeftOut};
use standfast_readiness::{ExceptionTally, Exceptions, glob};

const FILE: &str = r#"[[exception]]
id = "website"
control = "s3-bucket-private"
owner = "Ana Ruiz"
reason = "The website is public."
scope = { accounts = ["111122223333"], regions = ["eu-west-1", "global"], resources = ["arn:aws:s3:::www-*"] }
expires = 2027-06-30

[[exception]]
id = "old-keys"
control = "iam-key-rotated"
owner = "Bo Li"
reason = "The vendor is slow."
expires = "2026-12-31"
[exception.scope]
accounts = ["*"]
"#;

fn known() -> BTreeSet<&'static str> {
    BTreeSet::from(["s3-bucket-private", "iam-key-rotated"])
}

fn parse(text: &str) -> Exceptions {
    Exceptions::parse("exceptions.toml", text, &known()).expect("a whole file")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn finding(control: &str, account: &str, region: &str, resource: &str) -> Finding {
    Finding {
        control_id: control.to_owned(),
        account_id: account.to_owned(),
        region: region.to_owned(),
        resource: resource.to_owned(),
        status: FindingStatus::Fail,
        reason: "public".to_owned(),
        exception: None,
    }
}

fn website() -> Finding {
    finding(
        "s3-bucket-private",
        "111122223333",
        "eu-west-1",
        "arn:aws:s3:::www-shop",
    )
}

#[test]
fn an_exception_covers_its_scope_and_no_more() {
    let exceptions = parse(FILE);
    let first = exceptions.iter().next().expect("an exception");
    let now = time("2026-11-01T00:00:00Z");
    assert!(first.applies(&website(), now));
    let others = [
        finding("iam-key-rotated", "111122223333", "eu-west-1", "arn:aws:s3:::www-shop"),
        finding(
            "s3-bucket-private",
            "111122223334",
            "eu-west-1",
            "arn:aws:s3:::www-shop",
        ),
        finding(
            "s3-bucket-private",
            "111122223333",
            "eu-west-2",
            "arn:aws:s3:::www-shop",
        ),
        finding(
            "s3-bucket-private",
            "111122223333",
            "eu-west-1",
            "arn:aws:s3:::private-www-",
        ),
    ];
    for other in others {
        assert!(!first.applies(&other, now), "{other:?}");
    }
    for status in [
        FindingStatus::Pass,
        FindingStatus::NotApplicable,
        FindingStatus::Unknown,
    ] {
        let other = Finding { status, ..website() };
        assert!(!first.applies(&other, now), "{status}");
    }
    let everywhere = finding("iam-key-rotated", "999988887777", "global", "anything");
    assert!(
        exceptions
            .iter()
            .nth(1)
            .expect("an exception")
            .applies(&everywhere, now)
    );
}

#[test]
fn an_exception_counts_to_the_end_of_its_last_day() {
    for (index, last, after) in [
        (0, "2027-06-30T23:59:59.999Z", "2027-07-01T00:00:00Z"),
        (1, "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00Z"),
    ] {
        let exceptions = parse(FILE);
        let exception = exceptions.iter().nth(index).expect("an exception");
        assert!(!exception.is_expired(time(last)));
        assert!(exception.is_expired(time(after)));
    }
}

#[test]
fn an_expired_exception_reopens_its_findings() {
    let exceptions = parse(FILE);
    let now = time("2028-01-01T00:00:00Z");
    let mut tally = ExceptionTally::default();
    let mut found = website();
    found.exception = Some("website".to_owned());
    exceptions.apply(&mut found, now, &mut tally);
    assert_eq!(found.exception, None);
    assert!(found.is_open_failure());
    let expired: Vec<_> = exceptions
        .expired(&tally, now)
        .into_iter()
        .map(|(exception, reopened)| (exception.id.as_str(), reopened))
        .collect();
    assert_eq!(expired, [("website", 1), ("old-keys", 0)]);
    let idle = exceptions.idle(&tally);
    assert_eq!(idle.len(), 1, "the one that reopened a finding is not idle");
    assert_eq!(idle[0].1.problem, "exception `old-keys` matches nothing");
}

#[test]
fn an_exception_that_matches_nothing_is_an_error_with_its_line() {
    let exceptions = parse(FILE);
    let now = time("2026-11-01T00:00:00Z");
    let mut tally = ExceptionTally::default();
    let mut passed = Finding {
        status: FindingStatus::Pass,
        ..website()
    };
    exceptions.apply(&mut passed, now, &mut tally);
    let idle = exceptions.idle(&tally);
    assert_eq!(idle.len(), 2, "what passes needs no exception");
    assert_eq!((idle[0].1.line(), idle[1].1.line()), (2, 10));
    assert_eq!(idle[0].1.file(), "exceptions.toml");
    // What was not read may be what the exception is for.
    let mut unread = Finding {
        status: FindingStatus::Unknown,
        ..website()
    };
    let mut part = ExceptionTally::default();
    exceptions.apply(&mut unread, now, &mut part);
    assert_eq!(unread.exception, None);
    tally.merge(&part);
    let mut failed = website();
    exceptions.apply(&mut failed, now, &mut tally);
    assert_eq!(failed.exception.as_deref(), Some("website"));
    assert_eq!(failed.status, FindingStatus::Fail, "the status stays what it was");
    let idle = exceptions.idle(&tally);
    assert_eq!(idle.len(), 1);
    assert!(parse("").idle(&ExceptionTally::default()).is_empty());
}

#[test]
fn what_could_not_be_read_keeps_exceptions_of_its_account_from_being_idle() {
    let exceptions = parse(FILE);
    let now = time("2026-11-01T00:00:00Z");
    // A listing that was denied: one verdict for the account, which is no resource of the scope.
    let mut unread = Finding {
        status: FindingStatus::Unknown,
        region: "global".to_owned(),
        resource: "arn:aws:iam::111122223333:root".to_owned(),
        ..website()
    };
    let mut tally = ExceptionTally::default();
    exceptions.apply(&mut unread, now, &mut tally);
    assert_eq!(unread.exception, None, "nothing is accepted in the dark");
    assert!(exceptions.idle(&tally).iter().all(|(one, _)| one.id != "website"));
    unread.account_id = "999900001111".to_owned();
    let mut tally = ExceptionTally::default();
    exceptions.apply(&mut unread, now, &mut tally);
    assert!(
        exceptions.idle(&tally).iter().any(|(one, _)| one.id == "website"),
        "another account"
    );
}

#[test]
fn what_a_run_left_out_may_be_what_an_exception_is_for() {
    let exceptions = parse(FILE);
    let website = exceptions.iter().find(|one| one.id == "website").expect("an exception");
    let regions = |names: &[&str]| LeftOut {
        regions: names.iter().map(|name| (*name).to_owned()).collect(),
        ..LeftOut::default()
    };
    let accounts = |id: &str| LeftOut {
        accounts: vec![Account {
            id: id.to_owned(),
            name: "one".to_owned(),
            organizational_unit: String::new(),
            is_management: false,
        }],
        ..LeftOut::default()
    };
    assert!(!website.may_lie_in(&LeftOut::default()));
    assert!(website.may_lie_in(&accounts("111122223333")));
    assert!(!website.may_lie_in(&accounts("999900001111")));
    assert!(website.may_lie_in(&regions(&["eu-west-1", "sa-east-1"])));
    assert!(!website.may_lie_in(&regions(&["sa-east-1"])));
    let keys = exceptions
        .iter()
        .find(|one| one.id == "old-keys")
        .expect("an exception");
    assert!(keys.may_lie_in(&regions(&["sa-east-1"])), "its scope names no region");
}

#[test]
fn broken_files_name_line_and_what_was_expected() {
    let cases = [
        ("expires = 2027-06-30", "expires = 2027-06-31", 7, "", ""),
        (
            "expires = 2027-06-30",
            "expires = \"June\"",
            7,
            "`\"June\"` is no date",
            "expected the last day on which it counts, such as 2027-06-30",
        ),
        (
            "expires = 2027-06-30",
            "expires = 2027-06-30T10:00:00Z",
            7,
            "`2027-06-30T10:00:00Z` is no date",
            "expected the last day on which it counts, such as 2027-06-30",
        ),
        (
            "expires = 2027-06-30",
            "expires = 20270630",
            7,
            "`20270630` is no date",
            "expected the last day on which it counts, such as 2027-06-30",
        ),
        ("expires = 2027-06-30\n", "", 1, "missing field `expires`", ""),
        (
            "owner = \"Ana Ruiz\"",
            "owner = \" \"",
            4,
            "`owner` is empty",
            "expected some words",
        ),
        (
            "owner = \"Ana Ruiz\"",
            "boss = \"Ana Ruiz\"",
            4,
            "unknown field `boss`",
            "expected one of `id`, `control`, `owner`, `reason`, `scope`, `expires`",
        ),
        (
            "s3-bucket-private",
            "s3-bucket-privat",
            3,
            "no control `s3-bucket-privat`",
            "expected the id of a control; `standfast controls` lists them",
        ),
        (
            "id = \"old-keys\"",
            "id = \"website\"",
            10,
            "a second exception `website`",
            "expected an id of its own",
        ),
        (
            "accounts = [\"*\"]",
            "",
            15,
            "the scope narrows nothing",
            "expected `accounts`, `regions` or `resources`; `accounts = [\"*\"]` for all accounts",
        ),
        (
            "accounts = [\"*\"]",
            "accounts = [\"1111\"]",
            16,
            "`1111` is no account",
            "expected 12 digits or `*`",
        ),
        (
            "\"eu-west-1\"",
            "\"EU\"",
            6,
            "`EU` is no region",
            "expected a region such as `eu-west-1`, `global` or `*`",
        ),
        (
            "arn:aws:s3:::www-*",
            "",
            6,
            "an empty pattern matches nothing",
            "expected a resource such as `arn:aws:s3:::www-*`",
        ),
        (
            "accounts = [\"*\"]",
            "account = [\"*\"]",
            16,
            "unknown field `account`",
            "expected one of `accounts`, `regions`, `resources`",
        ),
    ];
    for (from, to, line, problem, expected) in cases {
        assert_eq!(FILE.matches(from).count(), 1, "`{from}` stands once");
        let error = Exceptions::parse("exceptions.toml", &FILE.replace(from, to), &known()).expect_err(to);
        assert_eq!(error.line(), line, "{to}: {}", error.problem);
        if !problem.is_empty() {
            assert_eq!(error.problem, problem);
        }
        if !expected.is_empty() {
            assert_eq!(error.expected.as_deref(), Some(expected));
        }
    }
}

#[test]
fn patterns_match_whole_texts() {
    for (pattern, text, matches) in [
        ("*", "", true),
        ("*", "anything", true),
        ("", "", true),
        ("", "a", false),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("a*c", "abcbc", true),
        ("a*c", "abcb", false),
        ("*a*b*", "xxaxxbxx", true),
        ("*a*b*", "xxbxxaxx", false),
        (
            "arn:*:volume/*",
            "arn:aws:ec2:eu-west-1:111122223333:volume/vol-1",
            true,
        ),
        ("[a]", "a", false),
        ("ü?", "üä", true),
    ] {
        assert_eq!(glob(pattern, text), matches, "{pattern} {text}");
    }
    // A pattern that makes a backtracking matcher run for ever.
    assert!(!glob(&"a*".repeat(40), &format!("{}b", "c".repeat(5000))));
    assert!(!glob(&format!("{}b", "*a".repeat(40)), &"a".repeat(5000)));
}

/// The plain definition, exponential but obviously right.
fn slow_glob(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|skip| slow_glob(rest, &text[skip..])),
        Some((wanted, rest)) => text
            .split_first()
            .is_some_and(|(found, text)| (*wanted == '?' || wanted == found) && slow_glob(rest, text)),
    }
}

fn letters(alphabet: &str, most: usize) -> impl Strategy<Value = String> {
    let alphabet: Vec<char> = alphabet.chars().collect();
    proptest::collection::vec(proptest::sample::select(alphabet), 0..=most).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]
    #[test]
    fn the_matcher_agrees_with_the_definition(pattern in letters("ab*?", 7), text in letters("ab?", 8)) {
        let expected = slow_glob(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
        prop_assert_eq!(glob(&pattern, &text), expected);
    }
}
