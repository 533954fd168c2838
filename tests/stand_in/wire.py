"""Reading and writing AWS requests and replies by the published service models.

The server (serve.py), the planted answers (answers.py) and the fault proxy (fault_proxy.py) all need to know which
operation a request asks for and how an answer or an error looks on the wire. The models come with botocore; moto's
router and serializers work from them, so nothing here is written by hand for one service.
"""

from __future__ import annotations

import functools
import io
import json
import re
from dataclasses import dataclass, field
from typing import Any

import botocore.parsers
import botocore.serialize
from moto.core.model import OperationModel, ServiceModel
from moto.core.request import Request
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.core.utils import get_service_model

# The name a request is signed with, where the service model goes by another one.
MODEL_BY_SIGNING_NAME = {
    "access-analyzer": "accessanalyzer",
    "elasticfilesystem": "efs",
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "sso": "sso-admin",
    "states": "stepfunctions",
}

CREDENTIAL = re.compile(r"Credential=([^/]+)/[^/]+/([^/]*)/([^/]+)/aws4_request")
FORM = "application/x-www-form-urlencoded"
CBOR = "application/cbor"
CBOR_PATH = re.compile(r"^/service/([^/]+)/operation/([^/]+)$")


@dataclass
class Call:
    """What one HTTP request asks for, as far as its headers, path and body tell."""

    access_key: str = "-"
    region: str = "-"
    #: The service as its model is named: `elbv2`, not `elasticloadbalancing`; `-` if the request is not signed.
    service: str = "-"
    #: `ListBuckets`; `-` if no operation of the service fits.
    operation: str = "-"
    #: Whether the request speaks RPC v2 over CBOR.
    cbor: bool = False
    #: Labels of the path: `{"bucket": "logs"}`.
    labels: dict[str, str] = field(default_factory=dict)


def read_body(environ: dict[str, Any]) -> bytes:
    """The whole body of a WSGI request, which stays readable for whoever comes next."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def identify(environ: dict[str, Any]) -> Call:
    """Which account's key asks which operation of which service, in which region."""
    call = Call()
    path = environ.get("PATH_INFO", "")
    match = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    if match:
        call.access_key, call.region, signing_name = match.groups()
        call.service = model_name(signing_name, path)
    rpc = CBOR_PATH.match(path)
    if rpc:
        call.operation, call.cbor = rpc.group(2), True
        return call
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        call.operation = target.rsplit(".", 1)[-1]
        return call
    if environ.get("CONTENT_TYPE", "").startswith(FORM):
        action = re.search(rb"(?:^|&)Action=([A-Za-z0-9]+)", read_body(environ))
        if action:
            call.operation = action.group(1).decode()
            return call
    if call.service != "-":
        call.operation, call.labels = route(call.service, environ)
    return call


def model_name(signing_name: str, path: str) -> str:
    """The name of the service model for the name in the signature; S3 Control signs as S3."""
    if signing_name == "s3" and path.startswith("/v20180820/"):
        return "s3control"
    return MODEL_BY_SIGNING_NAME.get(signing_name, signing_name)


def route(service: str, environ: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The operation of a REST service that method, path and query name, and the labels of its path."""
    try:
        operation, labels = get_service_router(service).match(Request(environ.copy()))
    except Exception:  # noqa: BLE001 - an unknown service or no operation: both mean that nothing fits
        return "-", {}
    return str(operation.name), {key: str(value) for key, value in labels.items()}


def service_model(service: str) -> ServiceModel:
    """The service model by its own name (`elbv2`)."""
    return get_service_model(service)


def operation_model(call: Call) -> OperationModel | None:
    """The model of the operation that a call asks for, if the models know it."""
    try:
        return service_model(call.service).operation_model(call.operation)
    except Exception:  # noqa: BLE001 - unknown service or operation
        return None


def protocol_of(call: Call, content_type: str) -> str:
    """The protocol that the reply must speak: `query`, `ec2`, `json`, `rest-json`, `rest-xml`."""
    if call.cbor:
        return "json"
    if content_type.startswith(FORM):
        return "ec2" if call.service == "ec2" else "query"
    try:
        model = service_model(call.service)
    except Exception:  # noqa: BLE001 - unknown service
        return "json"
    protocol = str(model.protocol)
    return "json" if protocol == "smithy-rpc-v2-cbor" else protocol


@dataclass
class Reply:
    """One HTTP answer."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def answer(call: Call, content_type: str, result: dict[str, Any]) -> Reply:
    """`result`, in the members' names of the service model, as the service itself would send it."""
    model = operation_model(call)
    if model is None:
        raise ValueError(f"no model of `{call.service}:{call.operation}`")
    if call.cbor:
        return Reply(200, cbor_headers(), encode_cbor(result, _botocore_operation(call).output_shape))
    serializer = get_serializer_class(call.service, protocol_of(call, content_type))(operation_model=model)
    reply = serializer.serialize(result)
    body = reply["body"]
    return Reply(
        int(reply["status_code"]),
        [(name, str(value)) for name, value in reply["headers"].items()],
        body.encode() if isinstance(body, str) else body,
    )


def error(call: Call, content_type: str, code: str, message: str, status: int = 400) -> Reply:
    """An error of the service in the shape of its protocol."""
    if call.cbor:
        return Reply(status, cbor_headers(), encode_plain_cbor({"__type": code, "message": message}))
    protocol = protocol_of(call, content_type)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    sender = "Sender" if status < 500 else "Receiver"
    text, kind = "", "text/xml"
    if protocol == "ec2":
        text = (
            f"{head}<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors>"
            "<RequestID>00000000-0000-4000-8000-000000000000</RequestID></Response>"
        )
    elif call.service == "s3":
        text, kind = (
            f"{head}<Error><Code>{code}</Code><Message>{message}</Message><RequestId>0000000000000000</RequestId></Error>",
            "application/xml",
        )
    elif protocol in ("query", "rest-xml"):
        text = (
            f"{head}<ErrorResponse><Error><Type>{sender}</Type><Code>{code}</Code><Message>{message}</Message></Error>"
            "<RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>"
        )
    else:
        text = json.dumps({"__type": code, "message": message})
        kind = "application/json" if protocol == "rest-json" else "application/x-amz-json-1.1"
    body = text.encode()
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("x-amzn-ErrorType", code)]
    return Reply(status, headers, body)


# ---------------------------------------------------------------------------------------------------------------------
# RPC v2 over CBOR. CloudWatch and Firewall Manager speak it with today's SDKs; moto knows only their JSON form, so the
# request is put into JSON before moto sees it, and the reply into CBOR before the SDK does.


@functools.cache
def _botocore_session() -> Any:
    import botocore.session

    return botocore.session.get_session()


@functools.cache
def _botocore_model(service: str) -> Any:
    return _botocore_session().get_service_model(service)


def _botocore_operation(call: Call) -> Any:
    return _botocore_model(call.service).operation_model(call.operation)


def cbor_headers() -> list[tuple[str, str]]:
    """Headers of a CBOR reply."""
    return [("Content-Type", CBOR), ("smithy-protocol", "rpc-v2-cbor")]


def encode_cbor(value: dict[str, Any], shape: Any) -> bytes:
    """A structure by its shape."""
    out = bytearray()
    botocore.serialize.RpcV2CBORSerializer()._serialize_data_item(out, value, shape)
    return bytes(out)


def encode_plain_cbor(value: dict[str, str]) -> bytes:
    """A map of texts, for errors, which have no shape."""
    out = bytearray([0xA0 + len(value)])
    for text in (part for pair in value.items() for part in pair):
        data = text.encode()
        out += bytes([0x78, len(data)]) if len(data) < 256 else bytes([0x79]) + len(data).to_bytes(2, "big")
        out += data
    return bytes(out)


def cbor_members(call: Call, body: bytes) -> dict[str, Any]:
    """The members of a CBOR request."""
    shape = _botocore_operation(call).input_shape
    if not body or shape is None:
        return {}
    parser = botocore.parsers.create_parser("smithy-rpc-v2-cbor")
    members = parser.parse({"body": body, "headers": {"smithy-protocol": "rpc-v2-cbor"}, "status_code": 200}, shape)
    members.pop("ResponseMetadata", None)
    return dict(members)


def cbor_to_json(call: Call, environ: dict[str, Any]) -> None:
    """Rewrite a CBOR request into the JSON request that asks the same."""
    operation = _botocore_operation(call)
    params = cbor_members(call, read_body(environ))
    request = botocore.serialize.create_serializer("json", include_validation=False).serialize_to_request(
        params, operation
    )
    data = request["body"]
    environ["wsgi.input"] = io.BytesIO(data)
    environ["CONTENT_LENGTH"] = str(len(data))
    environ["CONTENT_TYPE"] = request["headers"]["Content-Type"]
    environ["HTTP_X_AMZ_TARGET"] = request["headers"]["X-Amz-Target"]
    environ["HTTP_ACCEPT"] = "application/json"
    environ["PATH_INFO"] = environ["RAW_URI"] = environ["REQUEST_URI"] = "/"


def json_to_cbor(call: Call, status: int, body: bytes) -> Reply:
    """Put the JSON reply to a rewritten request into CBOR."""
    if status >= 300:
        try:
            parsed = json.loads(body)
        except ValueError:
            parsed = {}
        code = str(parsed.get("__type", "InternalFailure")).rsplit("#", 1)[-1]
        message = str(parsed.get("message") or parsed.get("Message") or "")
        return Reply(status, cbor_headers(), encode_plain_cbor({"__type": code, "message": message}))
    shape = _botocore_operation(call).output_shape
    if shape is None:
        return Reply(status, cbor_headers(), b"\xa0")
    parsed = botocore.parsers.create_parser("json").parse({"body": body, "headers": {}, "status_code": 200}, shape)
    parsed.pop("ResponseMetadata", None)
    return Reply(status, cbor_headers(), encode_cbor(parsed, shape))
