"""When a CronJob runs."""

import re
from typing import NamedTuple

from kexplain.objects.visit import Visit
from kexplain.values.durations import words

AT = ("batch/v1 CronJobSpec.schedule",)

LONGEST, LONGEST_SCHEDULE = 110, 500
SHORT_STEPS = range(8)
"""Every so many days is said as such; of longer steps the days are named."""
MACROS = {
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
}  # fmt: skip
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}
BOUNDS: tuple[tuple[int, int, dict[str, int]], ...] = (
    (0, 59, {}), (0, 23, {}), (1, 31, {}), (1, 12, MONTHS), (0, 6, WEEKDAYS),
)  # fmt: skip
MOST_TIMES = 6
"""Times of a day that are listed."""
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

NUMBER = r"([0-9]{1,2}|[a-zA-Z]{3})"
RANGE = re.compile(rf"(?:[*?]|{NUMBER}(?:-{NUMBER})?)(?:/([0-9]{{1,9}}))?")
EVEN = re.compile(r"[*?]/([0-9]{1,2})")
PREFIX = re.compile(r"(?:CRON_)?TZ=([A-Za-z0-9._+/-]{1,50}) +(?=\S)")
ZONE = re.compile(r"[A-Za-z0-9._+/-]{1,50}")
EVERY = re.compile(r"@every ((?:[0-9]{1,6}(?:h|m|s))+)")


class Part(NamedTuple):
    """One of the five fields: as cron-descriptor shall read it, its numbers, whether it leaves all open."""

    text: str
    numbers: list[int]
    open: bool


def explain(visit: Visit) -> str:
    """The schedule in words, with the time zone that it is read in."""
    schedule = visit.value
    if not isinstance(schedule, str) or len(schedule) > LONGEST_SCHEDULE:
        return ""
    prefix = PREFIX.match(schedule)
    zone = visit.parent.read("timeZone") if visit.parent else None
    if prefix and zone is not None:
        return ""
    rest = schedule[prefix.end() :] if prefix else schedule
    if every := EVERY.fullmatch(rest):
        return interval(every[1])
    parts = read(MACROS.get(rest, rest))
    if not parts:
        return ""
    if never(parts):
        return "Never: none of its months has such a day."
    tails = zones(prefix[1] if prefix else "", zone)
    texts = (text + tail + "." for text in (describe(parts), summary(parts)) for tail in tails)
    return next((text for text in texts if len(text) <= LONGEST), "")


def interval(duration: str) -> str:
    """``@every`` with a duration such as ``1h30m``; the library takes at least a second."""
    units = {"h": 3600, "m": 60, "s": 1}
    seconds = sum(int(amount) * units[unit] for amount, unit in re.findall("([0-9]+)(.)", duration))
    every = re.sub(r"^1 (?=\w+$)", "", words(max(seconds, 1)))
    return f"Every {every}, counted from the creation of the CronJob."


def zones(prefix: str, zone: object) -> tuple[str, ...]:
    """How the time zone may be told, the longest first."""
    if prefix:
        return f", {prefix} time; from 1.29 on Kubernetes refuses TZ in a schedule", f", {prefix} time"
    if zone is None:
        return " (time zone of the kube-controller-manager, normally UTC)", " (normally UTC)"
    return (f", {zone} time",) if isinstance(zone, str) and ZONE.fullmatch(zone) else ("",)


def read(schedule: str) -> list[Part]:
    """The five fields as Kubernetes' cron library reads them; none where it refuses one."""
    texts = schedule.split()
    parts = [read_part(text, *bounds) for text, bounds in zip(texts, BOUNDS, strict=False)]
    return [part for part in parts if part] if len(texts) == 5 and all(parts) else []


def read_part(text: str, low: int, high: int, names: dict[str, int]) -> Part | None:
    """One field. A step that does not divide its range starts again with it, so its numbers are told."""
    numbers: set[int] = set()
    is_open = False
    for item in text.split(","):
        match = RANGE.fullmatch(item)
        bounds = ends(match, low, high, names) if match else None
        if not match or bounds is None:
            return None
        step = int(match[3] or 1)
        numbers.update(range(bounds[0], bounds[1] + 1, step))
        is_open = is_open or (match[1] is None and step == 1)
    found = sorted(numbers)
    if is_open:
        return Part("*", found, open=True)
    if high in {59, 23, 12} and len(found) == high - low + 1:  # the library tells `*` from all numbers for days only
        return Part("*", found, open=True)
    match = EVEN.fullmatch(text)
    step = int(match[1]) if match and len(found) > 1 else 0
    if step and (step in SHORT_STEPS if high == 31 else high >= 23 and (high + 1) % step == 0):
        return Part(f"*/{step}", found, open=False)
    if len(found) >= 3 and found[-1] - found[0] == len(found) - 1:
        return Part(f"{found[0]}-{found[-1]}", found, open=False)
    return Part(",".join(map(str, found)), found, open=False)


def ends(match: re.Match[str], low: int, high: int, names: dict[str, int]) -> tuple[int, int] | None:
    """First and last number of a range, None where the library refuses it."""
    if match[3] and not int(match[3]):
        return None
    if match[1] is None:
        return low, high
    both = match[1], match[2] or match[1]
    first, last = (names.get(word.lower()) if word.isalpha() else int(word) for word in both)
    if match[3] and not match[2]:
        last = high
    return (first, last) if first is not None and last is not None and low <= first <= last <= high else None


def never(parts: list[Part]) -> bool:
    """Whether no month has the day: 31 February."""
    _, _, day, month, weekday = parts
    return weekday.open and day.numbers[0] > max(DAYS[number - 1] for number in month.numbers)


def describe(parts: list[Part]) -> str:
    """The schedule in the words of cron-descriptor."""
    from cron_descriptor import ExpressionDescriptor, FormatError, Options

    if own := times(parts):
        return own + days_of(parts)
    at_one_time = parts[0].text.isdigit() and parts[1].text.isdigit()
    options = Options(locale_code="en_US", use_24hour_time_format=True, verbose=at_one_time)
    try:
        text = ExpressionDescriptor(" ".join(part.text for part in parts), options).get_full_description()
    except FormatError:
        return summary(parts)
    text = text.replace("At 1 minutes past", "At 1 minute past")
    return re.sub(r"\b([Ee])very (\d+) days\b(?! of)", r"\1very \2 days from day 1 of the month", text)


def times(parts: list[Part]) -> str:
    """The times of a day in our own words: a few of them as a list, or every hour from one to another."""
    minutes, hours = parts[0].numbers, parts[1].numbers
    if parts[1].open or parts[1].text.startswith("*/") or len(minutes) * len(hours) == 1:
        return ""
    if len(minutes) * len(hours) <= MOST_TIMES and not parts[0].text.startswith("*/"):
        found = [f"{hour:02}:{minute:02}" for hour in hours for minute in minutes]
        return f"At {', '.join(found[:-1])} and {found[-1]}"
    if len(minutes) == 1 and len(hours) > 2 and hours[-1] - hours[0] == len(hours) - 1:
        return f"Every hour from {hours[0]:02}:{minutes[0]:02} to {hours[-1]:02}:{minutes[0]:02}"
    return ""


def days_of(parts: list[Part]) -> str:
    """The days of a schedule in the words of cron-descriptor, as they follow the times."""
    if all(part.open for part in parts[2:]):
        return ""
    midnight = Part("0", [0], open=False)
    return describe([midnight, midnight, *parts[2:]]).removeprefix("At 00:00")


def summary(parts: list[Part]) -> str:
    """How often and between which times, for a schedule with too many of them to list."""
    minutes, hours = parts[0].numbers, parts[1].numbers
    times = len(minutes) * len(hours)
    days = "a day" if all(part.open for part in parts[2:]) else "on the days it names"
    first, last = f"{hours[0]:02}:{minutes[0]:02}", f"{hours[-1]:02}:{minutes[-1]:02}"
    return f"{times} times {days}, from {first} to {last}" if times > 1 else f"Once {days}, at {first}"
