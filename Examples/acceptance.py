"""Runs the acceptance kit (对接验收包) against a server: the requests of the kit in their order, and what must come back.

    wenhui serve --demo                      # prints a key
    python3 Examples/acceptance.py http://127.0.0.1:8080 whk_370782_practice_…

Needs Python 3.9 and nothing else. The kit is the server's own, /v1/acceptance.json, unless --kit names a file. Whoever builds a
client can take this for a pattern: the forty lines below are all that the kit asks of a reader.
"""

import argparse
import json
import random
import re
import secrets
import sys
import urllib.error
import urllib.request

HOLES = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "time": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", value),
    "day": lambda value: isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value),
}


def filled(value, variables):
    """A value of the kit with its variables in their places."""
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)\}", lambda match: str(variables[match.group(1)]), value)
    if isinstance(value, dict):
        return {name: filled(part, variables) for name, part in value.items()}
    return [filled(part, variables) for part in value] if isinstance(value, list) else value


def differences(expected, found, variables, place=""):
    """Where an answer is not as expected; what it must give to later steps is kept."""
    hole = re.fullmatch(r"<(text|number|time|day)(?::(\w+))?>", expected) if isinstance(expected, str) else None
    if hole:
        if not HOLES[hole.group(1)](found):
            yield f"{place}: {found!r} is no {hole.group(1)}"
        if hole.group(2):
            variables[hole.group(2)] = found
    elif isinstance(expected, dict) and isinstance(found, dict):
        for name, part in expected.items():
            if name not in found:
                yield f"{place}/{name} is missing"
            else:
                yield from differences(part, found[name], variables, f"{place}/{name}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (part, other) in enumerate(zip(expected, found)):
            yield from differences(part, other, variables, f"{place}/{index}")
    elif filled(expected, variables) != found:
        yield f"{place}: {found!r} where {filled(expected, variables)!r} is expected"


def send(address, request, variables):
    request = filled(request, variables)
    body = request["text"] if "text" in request else json.dumps(request["body"]) if "body" in request else None
    message = urllib.request.Request(
        address + request["path"], None if body is None else body.encode(), request["headers"], method=request["method"])
    try:
        answer = urllib.request.urlopen(message)
    except urllib.error.HTTPError as error:
        answer = error
    text = answer.read().decode()
    return answer.status, answer.headers, json.loads(text) if "json" in answer.headers["Content-Type"] else text


def check(step, address, variables):
    status, headers, body = send(address, step["request"], variables)
    expected = step["answer"]
    if status != expected["status"]:
        yield f"status {status} where {expected['status']} is expected: {body}"
        return
    for name, value in expected["headers"].items():
        if headers[name] != value:
            yield f"{name}: {headers[name]} where {value} is expected"
    yield from differences(expected.get("body", expected.get("text")), body, variables)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="the server, such as http://127.0.0.1:8080")
    parser.add_argument("key", help="a key of a practice ledger with the scopes claim, redeem, refund, read and audit")
    parser.add_argument("--kit", help="the kit's file; the server's own unless given")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a variable, such as outlet=YL-0001")
    arguments = parser.parse_args()
    if arguments.kit:
        with open(arguments.kit, encoding="utf-8") as file:
            kit = json.load(file)
    else:
        kit = json.load(urllib.request.urlopen(arguments.address + "/v1/acceptance.json"))
    variables = {**kit["variables"], "key": arguments.key, "run": f"kit-{secrets.token_hex(6)}"}
    variables["resident"] = random.choice(variables["residents"])
    variables.update(assignment.split("=", 1) for assignment in arguments.set)
    failed = 0
    for step in kit["steps"]:
        found = list(check(step, arguments.address, variables))
        print("✘" if found else "✔", step["name"], "·", step["about"]["en"])
        for difference in found:
            print("   ", difference)
        failed += bool(found)
        # What a step was to give, later ones would miss.
        if found and any(f"<{kind}:" in json.dumps(step["answer"]) for kind in HOLES):
            break
    print(f"{len(kit['steps'])} steps, {failed} not as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
