#!/usr/bin/env python3
"""moto's server as the project's stand-in for AWS, with what the tests need around it.

    serve.py [--port 0] [--log calls.jsonl] [--soft] [--demo] [--management-account ID] [--until-stdin-closes]

Around moto's own application, from the outside in:

- a log of every call, one JSON object a line (see `CallLog`);
- `POST /_stand_in/...`, by which a seed sets what no AWS call can set (see controls.py);
- with --demo, answers for what moto lacks but AWS has (see answers.py);
- RPC v2 over CBOR, which today's SDKs speak to CloudWatch and Firewall Manager, put into the JSON that moto reads;
- with --soft, operations that moto lacks are refused in the service's own error shape, as AWS refuses an unknown
  operation. Plain moto answers them with an HTML page and status 500 or 404, which SDKs retry.

The first line on standard output is `listening on http://HOST:PORT`. Loopback only.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any, Callable, Iterable

# What moto reads when it is first imported: no 2,600 snapshots of stock images in every account, but AWS's own policies.
os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "0")  # a certificate that changes by itself would make two runs differ

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="moto's server as a stand-in for AWS, with a log of every call")
    parser.add_argument("--host", default="127.0.0.1", choices=["127.0.0.1", "localhost", "::1"], help="loopback only")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port (the default)")
    parser.add_argument("--log", type=Path, help="write one JSON object for every call to this file")
    parser.add_argument(
        "--soft", action="store_true", help="refuse operations that moto lacks as AWS refuses unknown ones"
    )
    parser.add_argument("--demo", action="store_true", help="answer what moto lacks but AWS has; implies --soft")
    parser.add_argument(
        "--management-account", metavar="ID", help="the account of unknown access keys (moto's: 123456789012)"
    )
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="stop when standard input ends: no server outlives its test"
    )
    return parser.parse_args()


def set_default_account(account: str) -> None:
    """Make `account` the one that unknown access keys belong to; to be called before any service of moto is imported."""
    import moto.core
    import moto.core.models

    moto.core.models.DEFAULT_ACCOUNT_ID = account
    moto.core.DEFAULT_ACCOUNT_ID = account


def send(start_response: StartResponse, reply: Any) -> list[bytes]:
    """A `wire.Reply` as WSGI wants it."""
    headers = [(name, value) for name, value in reply.headers if name.lower() != "content-length"]
    headers.append(("Content-Length", str(len(reply.body))))
    start_response(f"{reply.status} STAND-IN", headers)
    return [reply.body]


def collect(application: Application, environ: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
    """Run an application to its end: status, headers, body."""
    started: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        started["status"], started["headers"] = int(status.split(" ", 1)[0]), list(headers)

    chunks = application(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close:
            close()
    return started["status"], started["headers"], body


def is_page(headers: list[tuple[str, str]]) -> bool:
    """Whether a reply is a page for people, which is how moto says that it lacks an operation."""
    return any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)


class CallLog:
    """Writes one JSON object for each call.

    Members: `time` (epoch seconds), `thread`, `service` (as botocore names its model), `region`, `operation`, `method`,
    `path` (with query, cut at 300 characters), `status`, `wall_ms`, `cpu_ms` (of the server's thread), `bytes`,
    `access_key`, `agent`, and `error` (class and text of what moto raised, or null).
    """

    def __init__(self, inner: Application, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.inner, self.out, self.lock = inner, path.open("a", buffering=1), threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        wall, cpu, epoch = time.perf_counter(), time.thread_time(), time.time()
        query = environ.get("QUERY_STRING", "")
        path = environ.get("PATH_INFO", "") + ("?" + query if query else "")
        method = environ.get("REQUEST_METHOD", "-")
        status = [0]

        def started(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            status[0] = int(line.split(" ", 1)[0])
            return start_response(line, headers, *rest)

        size = 0
        try:
            chunks = list(self.inner(environ, started))
            size = sum(map(len, chunks))
            return chunks
        finally:
            call = environ.get("stand_in.call")
            record = {
                "time": round(epoch, 6),
                "thread": threading.get_ident() % 100000,
                "service": call.service if call else "-",
                "region": call.region if call else "-",
                "operation": call.operation if call else "-",
                "method": method,
                "path": path[:300],
                "status": status[0],
                "wall_ms": round((time.perf_counter() - wall) * 1e3, 2),
                "cpu_ms": round((time.thread_time() - cpu) * 1e3, 2),
                "bytes": size,
                "access_key": call.access_key if call else "-",
                "agent": environ.get("HTTP_USER_AGENT", "-")[:80],
                "error": environ.get("stand_in.error"),
            }
            with self.lock:
                self.out.write(json.dumps(record) + "\n")


class Identify:
    """Finds out once what a request asks for, for all the layers within."""

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        import wire

        environ["stand_in.call"] = wire.identify(environ)
        return self.inner(environ, start_response)


class CborBridge:
    """Lets SDKs that speak RPC v2 over CBOR talk to moto, which reads the JSON form of the same services."""

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        import wire

        call = environ["stand_in.call"]
        if not call.cbor or wire.operation_model(call) is None:
            return self.inner(environ, start_response)
        wire.cbor_to_json(call, environ)
        status, headers, body = collect(self.inner, environ)
        if is_page(headers):
            return send(start_response, wire.Reply(status, headers, body))
        return send(start_response, wire.json_to_cbor(call, status, body))


class RootNames:
    """Gives XML replies the root that AWS gives them: moto names some after `<Operation>Response`, which strict readers refuse."""

    ROOTS = {
        b"GetBucketVersioningResponse": b"VersioningConfiguration",
        b"ListAccessPointsResponse": b"ListAccessPointsResult",
        b"ListMultiRegionAccessPointsResponse": b"ListMultiRegionAccessPointsResult",
    }

    def __init__(self, inner: Application) -> None:
        self.inner = inner

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        import wire

        status, headers, body = collect(self.inner, environ)
        for wrong, right in self.ROOTS.items():
            if b"<" + wrong in body[:200]:
                body = body.replace(b"<" + wrong, b"<" + right).replace(b"</" + wrong, b"</" + right)
        return send(start_response, wire.Reply(status, headers, body))


class Refusals:
    """Turns what moto raises, and the HTML pages it answers for what it lacks, into one kind of answer.

    With `soft`, it is the service's own error for an unknown operation; otherwise moto's status and an HTML page.
    """

    def __init__(self, inner: Application, soft: bool) -> None:
        self.inner, self.soft = inner, soft

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        import wire

        call, content_type = environ["stand_in.call"], environ.get("CONTENT_TYPE", "")
        try:
            status, headers, body = collect(self.inner, environ)
        except Exception as error:  # noqa: BLE001 - moto raises whatever its own code trips over
            environ["stand_in.error"] = f"{type(error).__name__}: {error}"[:160]
            status, headers, body = (
                500,
                [("Content-Type", "text/html")],
                b"<!doctype html><title>500 Internal Server Error</title>",
            )
        if is_page(headers) and status >= 400 and self.soft and call.service != "-":
            code = (
                "InvalidAction"
                if wire.protocol_of(call, content_type) in ("ec2", "query")
                else "UnknownOperationException"
            )
            code = "NotImplemented" if call.service == "s3" else code
            return send(
                start_response,
                wire.error(call, content_type, code, f"the stand-in lacks {call.service}:{call.operation}"),
            )
        return send(start_response, wire.Reply(status, headers, body))


def respect_region_filters() -> None:
    """DescribeRegions: moto ignores the filter `opt-in-status` and the parameter AllRegions, which clients rely on."""
    from moto.core.responses import ActionResult
    from moto.ec2.responses.availability_zones_and_regions import AvailabilityZonesAndRegions

    def describe_regions(self: Any) -> ActionResult:
        wanted = {"opt-in-not-required", "opted-in"}
        for condition in self._get_param("Filters", []) or []:
            if condition.get("Name") == "opt-in-status":
                wanted = set(condition.get("Values", []))
        if str(self._get_param("AllRegions", "false")).lower() == "true":
            wanted.add("not-opted-in")
        regions = self.ec2_backend.describe_regions(self._get_param("RegionNames", []))
        return ActionResult({"Regions": [region for region in regions if region.opt_in_status in wanted]})

    AvailabilityZonesAndRegions.describe_regions = describe_regions


def keep_exceptions() -> None:
    """Let Flask raise what moto raised instead of logging it and answering a page of its own."""
    import flask

    flask.Flask.log_exception = lambda self, exc_info: None  # type: ignore[method-assign]


def build(arguments: argparse.Namespace) -> Application:
    """The whole application, from moto's outwards."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    from controls import Controls

    keep_exceptions()
    soft = arguments.soft or arguments.demo
    if soft:
        respect_region_filters()
    application: Application = Refusals(RootNames(CborBridge(DomainDispatcherApplication(create_backend_app))), soft)
    planted = None
    if arguments.demo:
        from answers import Answers

        planted = Answers(application)
        application = planted
    application = Controls(Identify(application), planted)
    return CallLog(application, arguments.log) if arguments.log else application


def stop_with_stdin(server: Any) -> None:
    """Stop the server when standard input ends, which also happens when the parent process dies."""

    def wait() -> None:
        sys.stdin.buffer.read()
        server.shutdown()

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Bind, say where, serve until told to stop."""
    arguments = parse_arguments()
    sys.path.insert(0, str(Path(__file__).parent))
    listener = socket.socket(socket.AF_INET6 if ":" in arguments.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((arguments.host, arguments.port))
    listener.listen(512)
    port = listener.getsockname()[1]
    os.environ["MOTO_PORT"] = str(port)
    if arguments.management_account:
        set_default_account(arguments.management_account)

    from moto.moto_server.werkzeug_app import MotoRequestHandler
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(
        arguments.host, port, build(arguments), threaded=True, request_handler=MotoRequestHandler, fd=listener.fileno()
    )
    if arguments.until_stdin_closes:
        stop_with_stdin(server)
    print(f"listening on http://{arguments.host}:{port}", flush=True)
    # moto prints a line for every call to a service that it lacks; nobody reads the pipe after the first line.
    sys.stdout = open(os.devnull, "w")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
