"""Formats of time: the schedule and the time zone of a CronJob. Each says what is wrong; "" where nothing is.

Source: github.com/robfig/cron v3, the parser that Kubernetes uses, and pkg/apis/batch/validation.
"""

import re

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
FIELDS: tuple[tuple[str, int, int, list[str]], ...] = (
    ("minute", 0, 59, []), ("hour", 0, 23, []), ("day of month", 1, 31, []),
    ("month", 1, 12, MONTHS), ("day of week", 0, 6, DAYS),
)  # fmt: skip
DESCRIPTORS = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
DURATION = r"[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)"
LONGEST = 1000
BACKWARD = [
    "US/",
    "Canada/",
    "Brazil/",
    "Chile/",
    "Mexico/",
    "Etc/",
    "Cuba",
    "Egypt",
    "Eire",
    "EST",
    "EST5EDT",
    "CST6CDT",
    "MST",
    "MST7MDT",
    "PST8PDT",
    "HST",
    "GB",
    "GB-Eire",
    "GMT+0",
    "GMT-0",
    "GMT0",
    "Greenwich",
    "Hongkong",
    "Iceland",
    "Iran",
    "Israel",
    "Jamaica",
    "Japan",
    "Kwajalein",
    "Libya",
    "NZ",
    "NZ-CHAT",
    "Navajo",
    "PRC",
    "Poland",
    "Portugal",
    "ROC",
    "ROK",
    "Singapore",
    "Turkey",
    "UCT",
    "Universal",
    "W-SU",
    "Zulu",
    "CET",
    "EET",
    "MET",
    "WET",
]
"""Names of earlier days, which the API server knows and which some systems leave out."""


def schedule(text: str) -> str:
    """A schedule in the dialect of Kubernetes: five fields or a descriptor."""
    if len(text) > LONGEST:
        return "is too long for a schedule"
    if "TZ" in text:
        return "names a time zone; that belongs into timeZone beside it"
    if text.startswith("@"):
        return descriptor(text)
    fields = text.split()
    if len(fields) != len(FIELDS):
        more = "; there are no seconds" if len(fields) == 6 else ""
        return f"has {len(fields)} fields, five are needed: minute, hour, day of month, month, day of week{more}"
    wrong = (field(part, *bounds) for part, bounds in zip(fields, FIELDS, strict=True))
    return next(filter(None, wrong), "")


def descriptor(text: str) -> str:
    """A schedule by name, or @every and a duration."""
    if text in DESCRIPTORS or (text.startswith("@every ") and re.fullmatch(DURATION, text[7:])):
        return ""
    known = ", ".join(DESCRIPTORS)
    return f"is none of the names of schedules: {known}, or @every with a duration such as @every 1h30m"


def field(text: str, name: str, low: int, high: int, names: list[str]) -> str:
    """One field: numbers, ranges and steps between commas."""
    return next(filter(None, (part(one, name, low, high, names) for one in text.split(",") if one)), "")


def part(text: str, name: str, low: int, high: int, names: list[str]) -> str:
    """One number, range or step of a field."""
    span, slash, step = text.partition("/")
    first, dash, last = span.partition("-")
    start = low if first in {"*", "?"} else number(first, low, names)
    end = high if first in {"*", "?"} or (slash and not dash) else number(last, low, names) if dash else start
    if start is None or end is None or (slash and not step.isdecimal()):
        return f'has "{text}" as its {name}, which is no number, range or step of numbers'
    for value in (start, end):
        if not low <= value <= high:
            hint = "; Sunday is 0" if value == 7 and names is DAYS else ""
            return f"has {value} as its {name}, which goes from {low} to {high}{hint}"
    if start > end:
        return f'has the range "{span}" as its {name}, which ends before it begins'
    return f"has steps of 0 in its {name}" if slash and int(step) == 0 else ""


def number(text: str, low: int, names: list[str]) -> int | None:
    """The number of a part of a field: its digits, or what a name of a month or day stands for."""
    if text.lower() in names:
        return names.index(text.lower()) + low
    return int(text) if text.isascii() and text.isdecimal() else None


def time_zone(text: str) -> str:
    """A name of the time zone database."""
    import zoneinfo

    if text.lower() == "local" or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9+_-]*(?:/[A-Za-z0-9+_-]+)*", text):
        return "is no time zone, such as Europe/Berlin"
    if text in BACKWARD or text.startswith(tuple(name for name in BACKWARD if name.endswith("/"))):
        return ""
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return "is no time zone, such as Europe/Berlin" if has_zones() else ""
    return ""


def has_zones() -> bool:
    """Whether this system has a time zone database to ask."""
    import zoneinfo

    try:
        zoneinfo.ZoneInfo("Europe/Berlin")
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        return False
    return True
