"""invalid-port-name-or-number: a port that the API server refuses."""

import re
from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit

LARGEST = 65535
PORT_NAME = re.compile(r"(?=.{1,15}\Z)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*\Z")
SERVICE_PORT_NAME = re.compile(r"(?=.{1,63}\Z)[a-z0-9]([-a-z0-9]*[a-z0-9])?\Z")


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Numbers outside 1 to 65535 and names of a form that is not allowed, in a port of a container or Service."""
    of_service = visit.position == "core/v1 ServiceSpec.ports[]"
    forms = {"name": SERVICE_PORT_NAME if of_service else PORT_NAME, "targetPort": PORT_NAME}
    for field in ("name", "containerPort", "hostPort", "port", "targetPort"):
        value = visit.read(field)
        if isinstance(value, str) and value and field in forms and not forms[field].match(value):
            yield Problem(visit.child(field), {"why": reason(value, forms[field])})
        elif type(value) is int and not smallest(field) <= value <= LARGEST:
            yield Problem(visit.child(field), {"why": f"port numbers go from 1 to {LARGEST}"})


def smallest(field: str) -> int:
    """The smallest number that the API server takes there; 0 where it stands for not set."""
    return 0 if field in {"hostPort", "targetPort"} else 1


def reason(value: str, form: re.Pattern[str]) -> str:
    """What is wrong with a port's name."""
    longest = 63 if form is SERVICE_PORT_NAME else 15
    if len(value) > longest:
        return f"it has {len(value)} characters, {longest} are allowed"
    if value.isdigit() and form is PORT_NAME:
        return "a name needs a letter; a number is written without quotes"
    hyphens = "hyphens" if form is SERVICE_PORT_NAME else "single hyphens"
    return f"only lower-case letters, digits and {hyphens} between them are allowed"
