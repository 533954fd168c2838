"""Answers for what moto lacks but AWS has, in the wire shape of the service models. Active with `serve.py --demo` only.

Three sources, the first that fits wins:

1. what a seed planted with `POST /_stand_in/answer`:
   `{"service": "fms", "operation": "ListPolicies", "account"?: id, "region"?: name, "match"?: {…}, "reply": {…}}` or, for an
   error, `"error": {"code", "message", "status"?}` instead of `reply`. Members are named as in the service model. `match`
   names members of the request (of path, query or body) that must have just these values. Of several that fit, the
   one with the most conditions wins, and of equal ones the last;
2. for some operations, moto's own reply, completed (`COMPLETED`);
3. what AWS answers in an account that never used the feature (defaults.py), where moto has no answer of its own.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Callable, Iterable
from urllib.parse import parse_qsl

import defaults
import wire


@dataclass(frozen=True)
class Planted:
    """One answer that a seed wants given."""

    account: str | None
    region: str | None
    match: tuple[tuple[str, str], ...]
    reply: dict[str, Any] | None
    error: dict[str, Any] | None

    def fits(self, account: str, region: str, asked: dict[str, str]) -> bool:
        """Whether it answers a call of this account and region with these members."""
        return (
            self.account in (None, account)
            and self.region in (None, region)
            and all(asked.get(name) == value for name, value in self.match)
        )

    def weight(self) -> int:
        """How closely it describes the calls that it answers."""
        return len(self.match) + (self.account is not None) + (self.region is not None)


class Answers:
    """The WSGI layer between the call log and moto."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.lock = inner, threading.Lock()
        self.planted: dict[tuple[str, str], list[Planted]] = defaultdict(list)

    def plant(self, wish: dict[str, Any]) -> None:
        """Take one answer from a seed; refuses members that the service's model does not know."""
        call = wire.Call(service=wish["service"], operation=wish["operation"])
        model = wire.operation_model(call)
        if model is None:
            raise ValueError(f"no operation {call.service}:{call.operation}")
        if ("reply" in wish) == ("error" in wish):
            raise ValueError("an answer has either `reply` or `error`")
        for member in wish.get("reply", {}):
            if model.output_shape is None or member not in model.output_shape.members:
                raise ValueError(f"{call.service}:{call.operation} answers no `{member}`")
        match = tuple(sorted((name, str(value)) for name, value in wish.get("match", {}).items()))
        planted = Planted(wish.get("account"), wish.get("region"), match, wish.get("reply"), wish.get("error"))
        with self.lock:
            self.planted[call.service, call.operation].append(planted)

    def forget(self) -> None:
        """Drop all that was planted."""
        with self.lock:
            self.planted.clear()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        from serve import collect, send

        call: wire.Call = environ["stand_in.call"]
        content_type = environ.get("CONTENT_TYPE", "")
        planted = self._planted(call, environ)
        if planted is not None:
            if planted.error is not None:
                return send(start_response, _error(call, content_type, planted.error))
            return send(start_response, wire.answer(call, content_type, planted.reply or {}))
        complete = COMPLETED.get((call.service, call.operation))
        if complete is not None:
            status, headers, body = collect(self.inner, environ)
            return send(start_response, complete(call, content_type, wire.Reply(status, headers, body)))
        default = defaults.of(call.service, call.operation, account_of(call), call.region)
        if isinstance(default, defaults.Refusal):
            return send(start_response, wire.error(call, content_type, default.code, default.message, default.status))
        if default is not None:
            return send(start_response, wire.answer(call, content_type, default))
        return self.inner(environ, start_response)

    def _planted(self, call: wire.Call, environ: dict[str, Any]) -> Planted | None:
        with self.lock:
            candidates = list(self.planted.get((call.service, call.operation), ()))
        if not candidates:
            return None
        account, asked = account_of(call), members_asked(call, environ)
        fitting = [answer for answer in candidates if answer.fits(account, call.region, asked)]
        return max(reversed(fitting), key=Planted.weight) if fitting else None


def account_of(call: wire.Call) -> str:
    """The account whose access key signed the call."""
    from moto.iam.models import get_account_id_from

    return get_account_id_from(call.access_key)


def members_asked(call: wire.Call, environ: dict[str, Any]) -> dict[str, str]:
    """The plain members of a request, wherever the protocol puts them."""
    asked = dict(call.labels)
    asked.update(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    body = wire.read_body(environ)
    if environ.get("CONTENT_TYPE", "").startswith(wire.FORM):
        asked.update(parse_qsl(body.decode(), keep_blank_values=True))
    elif call.cbor:
        asked.update({name: str(value) for name, value in wire.cbor_members(call, body).items()})
    elif body[:1] == b"{":
        asked.update(
            {name: str(value) for name, value in json.loads(body).items() if not isinstance(value, (dict, list))}
        )
    return asked


def _error(call: wire.Call, content_type: str, error: dict[str, Any]) -> wire.Reply:
    return wire.error(call, content_type, error["code"], error["message"], int(error.get("status", 400)))


def _bucket_encryption(call: wire.Call, content_type: str, reply: wire.Reply) -> wire.Reply:
    """Since January 2023 a bucket without a setting of its own is encrypted with S3's keys, and AWS says so."""
    if reply.status != 404 or b"ServerSideEncryptionConfigurationNotFoundError" not in reply.body:
        return reply
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    return wire.answer(call, content_type, {"ServerSideEncryptionConfiguration": {"Rules": [rule]}})


def _key(_: wire.Call, __: str, reply: wire.Reply) -> wire.Reply:
    """moto says of no key whether it is a multi-Region key; none of them is."""
    if reply.status != 200:
        return reply
    described = json.loads(reply.body)
    described.get("KeyMetadata", {}).setdefault("MultiRegion", False)
    return wire.Reply(reply.status, reply.headers, json.dumps(described).encode())


COMPLETED: dict[tuple[str, str], Callable[[wire.Call, str, wire.Reply], wire.Reply]] = {
    ("kms", "DescribeKey"): _key,
    ("s3", "GetBucketEncryption"): _bucket_encryption,
}
