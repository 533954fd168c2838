"""`POST /_stand_in/...`: what a seed sets in the server that no AWS call can set.

Each takes a JSON object and answers `{"ok": true}`, or status 400 with `{"error": "…"}`:

- `next-accounts` {"ids": ["111122223333", …]}: the ids that the next calls of CreateAccount give.
- `access-key` {"account", "key", "age_days", "unused_days"?}: how old an IAM access key is, and when it was last used.
- `user` {"account", "user", "age_days"?, "password_age_days"?, "password_unused_days"?}: the same for a user's password.
- `role` {"account", "role", "unused_days"}: when a role was last assumed.
- `secret` {"account", "region", "name", "rotation_days", "rotated_days_ago"}: a secret that rotates (moto rotates only by
  running the function in a container).
- `root` {"account", "mfa": bool, "keys": n, "unused_days"?}: the root user, in the account summary and the credential
  report (which moto writes without a row for the root user).
- `certificate` {"account", "region", "arn", "issued_days_ago", "days_left"}: the validity of an ACM certificate.
- `answer` (with --demo only): an answer of its own for one operation; see answers.py.
- `reset` {}: forget all of this (moto itself forgets at POST /moto-api/reset).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Iterable

import wire

PREFIX = "/_stand_in/"
REPORT_DATE = "%Y-%m-%dT%H:%M:%S+00:00"
REPORT_COLUMNS = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
    "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
    "cert_2_last_rotated"
).split(",")


def days_ago(days: float) -> datetime:
    """A naive UTC time, as moto keeps them."""
    return datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0) - timedelta(days=days)


class Controls:
    """The WSGI layer that answers the paths above and passes everything else on."""

    def __init__(self, inner: Any, answers: Any) -> None:
        self.inner, self.answers = inner, answers
        self.account_ids: list[str] = []
        self.roots: dict[str, dict[str, Any]] = {}
        self._hook_account_ids()
        self._hook_credential_report()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX):
            return self.inner(environ, start_response)
        try:
            self._control(path.removeprefix(PREFIX))(json.loads(wire.read_body(environ) or b"{}"))
            status, body = "200 OK", b'{"ok": true}'
        except (KeyError, ValueError, TypeError) as error:
            status, body = "400 Bad Request", json.dumps({"error": f"{type(error).__name__}: {error}"}).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _control(self, name: str) -> Callable[[dict[str, Any]], None]:
        known: dict[str, Callable[[dict[str, Any]], None]] = {
            "next-accounts": self._next_accounts,
            "access-key": self._access_key,
            "user": self._user,
            "role": self._role,
            "root": self._root,
            "secret": self._secret,
            "certificate": self._certificate,
            "reset": self._reset,
        }
        if self.answers is not None:
            known["answer"] = self.answers.plant
        if name not in known:
            raise ValueError(f"no control `{name}`; there are {', '.join(sorted(known))}")
        return known[name]

    def _reset(self, _: dict[str, Any]) -> None:
        self.account_ids.clear()
        self.roots.clear()
        if self.answers is not None:
            self.answers.forget()

    def _next_accounts(self, wish: dict[str, Any]) -> None:
        self.account_ids.extend(str(account) for account in wish["ids"])

    def _hook_account_ids(self) -> None:
        from moto.organizations import utils

        random_id = utils.make_random_account_id
        utils.make_random_account_id = lambda: self.account_ids.pop(0) if self.account_ids else random_id()

    def _access_key(self, wish: dict[str, Any]) -> None:
        from moto.iam.models import AccessKeyLastUsed

        for user in _iam(wish["account"]).users.values():
            for key in user.access_keys:
                if key.access_key_id == wish["key"]:
                    key.create_date = days_ago(float(wish["age_days"]))
                    if "unused_days" in wish:
                        used = days_ago(float(wish["unused_days"]))
                        key.last_used = AccessKeyLastUsed(timestamp=used, service="s3", region="us-east-1")
                    return
        raise ValueError(f"no access key `{wish['key']}` in {wish['account']}")

    def _user(self, wish: dict[str, Any]) -> None:
        user = _iam(wish["account"]).users[wish["user"]]
        if "age_days" in wish:
            user.create_date = days_ago(float(wish["age_days"]))
        if "password_age_days" in wish:
            user.stand_in_password_changed = days_ago(float(wish["password_age_days"]))
        if "password_unused_days" in wish:
            user.password_last_used = days_ago(float(wish["password_unused_days"]))

    def _role(self, wish: dict[str, Any]) -> None:
        roles = {role.name: role for role in _iam(wish["account"]).roles.values()}
        role = roles[wish["role"]]
        role.last_used, role.last_used_region = days_ago(float(wish["unused_days"])), "us-east-1"

    def _secret(self, wish: dict[str, Any]) -> None:
        from moto.secretsmanager.models import secretsmanager_backends

        account, region = wish["account"], wish["region"]
        secret = secretsmanager_backends[account][region].secrets[wish["name"]]
        rotated, period = float(wish["rotated_days_ago"]), int(wish["rotation_days"])
        secret.rotation_requested = secret.rotation_enabled = True
        secret.rotation_lambda_arn = f"arn:aws:lambda:{region}:{account}:function:rotate-secrets"
        secret.auto_rotate_after_days = period
        secret.last_rotation_date = int(days_ago(rotated).replace(tzinfo=timezone.utc).timestamp())
        secret.next_rotation_date = secret.last_rotation_date + period * 86400

    def _root(self, wish: dict[str, Any]) -> None:
        self.roots[wish["account"]] = wish
        summary = _iam(wish["account"]).account_summary
        summary._account_mfa_enabled = int(bool(wish["mfa"]))
        summary._account_access_keys_present = int(wish["keys"])

    def _certificate(self, wish: dict[str, Any]) -> None:
        from moto.acm.models import acm_backends

        bundle = acm_backends[wish["account"]][wish["region"]]._certificates[wish["arn"]]
        issued, expires = days_ago(float(wish["issued_days_ago"])), days_ago(-float(wish["days_left"]))
        describe = bundle.describe

        def described() -> dict[str, Any]:
            reply = describe()
            from moto.core.utils import unix_time

            certificate = reply["Certificate"]
            certificate.update(Status="ISSUED", NotBefore=unix_time(issued), NotAfter=unix_time(expires))
            certificate.update(CreatedAt=unix_time(issued), IssuedAt=unix_time(issued))
            return reply

        bundle.describe = described

    def _hook_credential_report(self) -> None:
        """Rows in AWS's form: the root user first, and when a password was changed rather than when its user was made."""
        from moto.iam.models import IAMBackend

        plain = IAMBackend.get_credential_report

        def report(backend: Any) -> str:
            lines = plain(backend).splitlines()
            root = self.roots.get(backend.account_id)
            rows = [_root_row(backend.account_id, root)] if root else []
            for line in lines[1:]:
                row = dict(zip(REPORT_COLUMNS, line.split(","), strict=True))
                rows.append(_as_aws_writes(row, backend.users[row["user"]]) if root else row)
            return (
                "\n".join([",".join(REPORT_COLUMNS)] + [",".join(row[name] for name in REPORT_COLUMNS) for row in rows])
                + "\n"
            )

        IAMBackend.get_credential_report = report


def _iam(account: str) -> Any:
    from moto.iam.models import iam_backends

    return iam_backends[account]["aws"]


def _as_aws_writes(row: dict[str, str], user: Any) -> dict[str, str]:
    """A user's row with what moto leaves out: the age of the password, and where a key was last used."""
    if row["password_enabled"] == "true":
        changed = getattr(user, "stand_in_password_changed", user.create_date)
        row.update(password_last_changed=changed.strftime(REPORT_DATE), password_next_rotation="N/A")
    else:
        row.update(password_last_used="N/A", password_last_changed="N/A", password_next_rotation="N/A")
    for number in (1, 2):
        used = row[f"access_key_{number}_last_used_date"] != "N/A"
        row[f"access_key_{number}_last_used_region"] = "us-east-1" if used else "N/A"
        row[f"access_key_{number}_last_used_service"] = "s3" if used else "N/A"
    return row


def _root_row(account: str, root: dict[str, Any]) -> dict[str, str]:
    created = days_ago(float(root.get("age_days", 900))).strftime(REPORT_DATE)
    row = dict.fromkeys(REPORT_COLUMNS, "N/A")
    row.update(user="<root_account>", arn=f"arn:aws:iam::{account}:root", user_creation_time=created)
    row.update(
        password_enabled="not_supported", password_last_changed="not_supported", password_next_rotation="not_supported"
    )
    unused = root.get("unused_days")
    row["password_last_used"] = "no_information" if unused is None else days_ago(float(unused)).strftime(REPORT_DATE)
    row.update(mfa_active=str(bool(root["mfa"])).lower(), cert_1_active="false", cert_2_active="false")
    for number in (1, 2):
        active = int(root["keys"]) >= number
        row[f"access_key_{number}_active"] = str(active).lower()
        if active:
            row[f"access_key_{number}_last_rotated"] = created
    return row
