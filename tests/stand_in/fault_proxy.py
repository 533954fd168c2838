#!/usr/bin/env python3
"""A proxy between standfast and the stand-in that breaks things on purpose, repeatably, and writes down what it broke.

    fault_proxy.py --upstream http://127.0.0.1:PORT [--seed 1] [--throttle R] [--drop R] [--delay R] [--truncate R]
                   [--error R] [--deny R] [--broken R] [--log faults.jsonl] [--until-stdin-closes]

Rates are from 0 to 1. Two kinds of fault:

- Passing ones (throttle, drop, delay, truncate, error) are drawn for each attempt of each request, at most
  `--in-a-row` times for the same request, so that a client that tries again gets its answer.
- Lasting ones (deny, broken) are drawn for an operation in an account and region: AccessDenied, or status 500, every
  time. Such a call can never be collected and has to be a collection error.

What is drawn depends on the seed and on the request alone, not on the order in which requests arrive. The log has one JSON
object a line: `fault`, `lasting`, `account`, `region`, `service`, `operation`, `attempt`, `access_key`. The first line on
standard output is `listening on http://127.0.0.1:PORT`.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import hashlib
import io
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import wire

PASSING = ("throttle", "drop", "delay", "truncate", "error")
LASTING = ("deny", "broken")
#: Without these there is no run to speak of; `--deny-also` takes them out of the list.
SPARED = {
    ("sts", "GetCallerIdentity"),
    ("sts", "AssumeRole"),
    ("organizations", "DescribeOrganization"),
    ("organizations", "ListAccounts"),
    ("ec2", "DescribeRegions"),
    ("account", "ListRegions"),
}


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="a proxy that throttles, drops, delays, truncates, fails and denies")
    parser.add_argument("--upstream", required=True, help="the stand-in, http://127.0.0.1:PORT")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port (the default)")
    parser.add_argument("--seed", type=int, default=1)
    for fault in PASSING + LASTING:
        parser.add_argument(f"--{fault}", type=float, default=0.0, metavar="RATE")
    parser.add_argument("--in-a-row", type=int, default=2, help="passing faults for one request at most (default 2)")
    parser.add_argument("--longest-delay", type=float, default=0.3, metavar="SECONDS")
    parser.add_argument(
        "--deny-also", action="append", default=[], metavar="SERVICE:OPERATION", help="always deny this one"
    )
    parser.add_argument("--account", default="123456789012", help="the account of keys that no AssumeRole gave out")
    parser.add_argument("--log", type=Path, help="write one JSON object for every fault to this file")
    parser.add_argument("--until-stdin-closes", action="store_true", help="stop when standard input ends")
    return parser.parse_args()


@dataclass
class Request:
    """One HTTP request as it came."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def environ(self) -> dict[str, Any]:
        """The request as WSGI has it, which is what wire.py reads."""
        parts = urlsplit(self.target)
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": unquote(parts.path),
            "RAW_URI": self.target,
            "REQUEST_URI": self.target,
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": self.header("content-type"),
            "CONTENT_LENGTH": str(len(self.body)),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
        }
        for name, value in self.headers:
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return environ


async def read_message(reader: asyncio.StreamReader) -> tuple[str, list[tuple[str, str]], bytes] | None:
    """First line, headers and body of the next request or reply; None at the end of the connection."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in head[1:] if line)]
    fields = {name.lower(): value for name, value in headers}
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = await _read_chunks(reader)
    elif "content-length" in fields:
        body = await reader.readexactly(int(fields["content-length"]))
    elif head[0].startswith("HTTP/"):
        body = await reader.read()
    else:
        body = b""
    return head[0], headers, body


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


class Faults:
    """Draws the faults and writes them down."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.attempts: collections.Counter[bytes] = collections.Counter()
        self.accounts: dict[str, str] = {}
        self.always = {tuple(name.split(":", 1)) for name in arguments.deny_also}
        self.out = arguments.log.open("a", buffering=1) if arguments.log else None

    def learn(self, call: wire.Call, request: Request, body: bytes) -> None:
        """Remember whose keys AssumeRole gave out."""
        if call.operation != "AssumeRole":
            return
        role = parse_qs(request.body.decode()).get("RoleArn", [""])[0]
        key = re.search(rb"<AccessKeyId>([^<]+)</AccessKeyId>", body)
        if key and role.count(":") >= 5:
            self.accounts[key.group(1).decode()] = role.split(":")[4]

    def draw(self, call: wire.Call, request: Request) -> str | None:
        """The fault for this attempt of this request, if any."""
        account = self.account(call)
        operation = (call.service, call.operation)
        where = (account, call.region, *operation)
        if operation in self.always:
            return self._note("deny", call, 0)
        if operation not in SPARED:
            for fault in LASTING:
                if self._chance(fault, *where) < getattr(self.arguments, fault):
                    return self._note(fault, call, 0)
        identity = hashlib.sha256(repr((where, request.method, request.target)).encode() + request.body).digest()
        attempt = self.attempts[identity]
        self.attempts[identity] += 1
        if attempt >= self.arguments.in_a_row:
            return None
        draw = self._chance("passing", identity.hex(), str(attempt))
        for fault in PASSING:
            rate = getattr(self.arguments, fault)
            if draw < rate:
                return self._note(fault, call, attempt)
            draw -= rate
        return None

    def account(self, call: wire.Call) -> str:
        """Whose key signed the call."""
        return self.accounts.get(call.access_key, self.arguments.account)

    def _chance(self, *what: str) -> float:
        digest = hashlib.sha256("\0".join((str(self.arguments.seed), *what)).encode()).digest()
        return int.from_bytes(digest[:8], "big") / 2**64

    def _note(self, fault: str, call: wire.Call, attempt: int) -> str:
        if self.out:
            record = {
                "fault": fault,
                "lasting": fault in LASTING,
                "account": self.account(call),
                "region": call.region,
                "service": call.service,
                "operation": call.operation,
                "attempt": attempt,
                "access_key": call.access_key,
            }
            self.out.write(json.dumps(record) + "\n")
        return fault


def throttled(call: wire.Call, content_type: str) -> wire.Reply:
    """How the service says "slow down"."""
    protocol = wire.protocol_of(call, content_type)
    code, status = {
        "ec2": ("RequestLimitExceeded", 503),
        "query": ("Throttling", 400),
        "rest-json": ("TooManyRequestsException", 429),
        "rest-xml": ("SlowDown", 503),
    }.get(protocol, ("ThrottlingException", 400))
    return wire.error(call, content_type, code, "Rate exceeded", status)


def denied(call: wire.Call, content_type: str) -> wire.Reply:
    """How the service says that the caller may not."""
    protocol = wire.protocol_of(call, content_type)
    code, status = {
        "ec2": ("UnauthorizedOperation", 403),
        "query": ("AccessDenied", 403),
        "rest-json": ("AccessDeniedException", 403),
        "rest-xml": ("AccessDenied", 403),
    }.get(protocol, ("AccessDeniedException", 400))
    message = f"User is not authorized to perform: {call.service}:{call.operation}"
    return wire.error(call, content_type, code, message, status)


class Proxy:
    """Serves connections; one request to the stand-in at a time on each."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments, self.faults = arguments, Faults(arguments)
        upstream = urlsplit(arguments.upstream)
        self.host, self.port = upstream.hostname or "127.0.0.1", upstream.port or 80

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """All requests of one connection."""
        try:
            while message := await read_message(reader):
                line, headers, body = message
                method, target, _ = line.split(" ", 2)
                if not await self._answer(Request(method, target, headers, body), writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; whether the connection lives on."""
        call = wire.identify(request.environ())
        content_type = request.header("content-type")
        fault = self.faults.draw(call, request) if call.service != "-" else None
        if fault == "drop":
            return False
        if fault == "throttle":
            reply = throttled(call, content_type)
        elif fault == "deny":
            reply = denied(call, content_type)
        elif fault in ("error", "broken"):
            reply = wire.error(call, content_type, "InternalFailure", "An internal error has occurred", 500)
        else:
            if fault == "delay":
                await asyncio.sleep(
                    self.arguments.longest_delay * self.faults._chance("delay", request.target, call.operation)
                )
            reply = await self._forward(request)
            self.faults.learn(call, request, reply.body)
        headers = [
            (name, value)
            for name, value in reply.headers
            if name.lower() not in ("content-length", "connection", "transfer-encoding")
        ]
        # A reply to HEAD names the length of what it does not send.
        length = next((value for name, value in reply.headers if name.lower() == "content-length"), "0")
        headers.append(("Content-Length", length if request.method == "HEAD" else str(len(reply.body))))
        head = f"HTTP/1.1 {reply.status} X\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
        body = reply.body
        if fault == "truncate":
            body = body[: len(body) // 2]
        writer.write(head.encode("latin-1") + body)
        await writer.drain()
        return fault != "truncate"

    async def _forward(self, request: Request) -> wire.Reply:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            kept = [
                (name, value)
                for name, value in request.headers
                if name.lower() not in ("connection", "content-length", "transfer-encoding")
            ]
            kept += [("Connection", "close"), ("Content-Length", str(len(request.body)))]
            head = f"{request.method} {request.target} HTTP/1.1\r\n" + "".join(
                f"{name}: {value}\r\n" for name, value in kept
            )
            writer.write(head.encode("latin-1") + b"\r\n" + request.body)
            await writer.drain()
            if request.method == "HEAD":
                head_only = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = [
                    (name, value.strip()) for name, _, value in (line.partition(":") for line in head_only[1:] if line)
                ]
                return wire.Reply(int(head_only[0].split(" ")[1]), headers, b"")
            message = await read_message(reader)
            if message is None:
                raise ConnectionError("the stand-in closed the connection")
            line, headers, body = message
            return wire.Reply(int(line.split(" ")[1]), headers, body)
        finally:
            writer.close()


async def run(arguments: argparse.Namespace) -> None:
    """Serve until told to stop."""
    proxy = Proxy(arguments)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", arguments.port, limit=16 * 1024 * 1024, backlog=512)
    print(f"listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    if arguments.until_stdin_closes:
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
        server.close()
        return
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(run(parse_arguments()))
    except KeyboardInterrupt:
        pass
