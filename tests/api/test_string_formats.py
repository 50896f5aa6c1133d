"""Formats of strings: what the server takes is taken, what it refuses is refused."""

import pytest

from kexplain.api.formats import FORMATS, JUDGES, PATTERNS, fits_format


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date-time", "2027-01-31T12:00:00Z 2027-01-31T12:00:00.5+01:00", "31.1.2027 tomorrow 2027-13-01T00:00:00Z"),
        ("date", "2027-01-31", "2027-1-31 2027-01-32 today"),
        ("duration", "5m 1h30m 1.5s 300ms 0 3d 2weeks", "5 five-minutes m5 1x"),
        ("ipv4", "10.0.0.1 0.0.0.0", "10.0.0.256 10.0.0 ::1"),
        ("ipv6", "::1 fd00::1 fe80::1%eth0", "10.0.0.1 ::g"),
        ("cidr", "10.0.0.0/8 10.0.0.1/24 fd00::/8", "10.0.0.0 10.0.0.0/33 10.0.0.0/255.0.0.0"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567 123e4567-e89b-12d3-a456-42661417400g"),
        ("uuid4", "123e4567-e89b-42d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
        ("mac", "00:00:5e:00:53:01 00-00-5e-00-53-01 0000.5e00.5301", "00:00:5e 00:00:5e:00:53:zz"),
        ("hostname", "example.org a localhost web_1.example", "-a.example a..b exa$mple"),
        ("uri", "https://example.org/a /a mailto:a@example.org", "example.org"),
        ("hexcolor", "#ff8800 fff", "#ff88 red"),
        ("byte", "YWJj YQ== _-8=", "Y!"),
        ("bsonobjectid", "507f1f77bcf86cd799439011", "507f"),
        ("k8s-short-name", "web web-1", "Web web. -web"),
        ("k8s-long-name", "web.example-1", "Web web..a"),
    ],
)
def test_a_format_takes_what_the_server_takes(name: str, good: str, bad: str) -> None:
    assert [text for text in good.split() if not fits_format(name, text)] == []
    assert [text for text in bad.split() if fits_format(name, text)] == []


def test_what_is_not_known_or_too_long_is_not_judged() -> None:
    assert fits_format("special", "anything")
    assert fits_format("ipv4", "1" * 5000)


def test_every_format_with_words_has_a_test() -> None:
    assert FORMATS.keys() == PATTERNS.keys() | JUDGES.keys()
