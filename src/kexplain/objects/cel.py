"""Expressions of definitions (``x-kubernetes-validations``), evaluated by the library of kexplain[cel], within bounds.

The library stops a loop after some thousand rounds and matches patterns in linear time. What it does not bound, texts
that grow by joining and replacing, is bounded here: such an expression is not evaluated.
"""

import re
from functools import cache, lru_cache
from typing import Any

LONGEST = 4000
"""Characters of an expression."""
DEEPEST = 3
"""Loops inside each other."""
MOST_ENTRIES = 2000
LOOP = re.compile(r"\.(?:all|exists|exists_one|map|filter|sortBy|transform\w*)\(")
TEXT = re.compile(r'r?"""[\s\S]*?"""|r?"(?:\\.|[^"\\])*"|' + r"r?'(?:\\.|[^'\\])*'")
GROWING = re.compile(r"\.(?:replace|join|format)\(")


@cache
def environment() -> Any:
    """The library's environment, where ``self`` is whatever the expression stands at; None without the extra."""
    try:
        from cel_expr_python import cel
        from cel_expr_python.ext import ext_bindings, ext_encoders, ext_math, ext_optional, ext_strings
    except ImportError:
        return None
    from kexplain.objects.cel_library import declared

    extensions = [
        ext_strings.ExtStrings(), ext_optional.ExtOptional(), ext_math.ExtMath(), ext_bindings.ExtBindings(),
        ext_encoders.ExtEncoders(),
    ]  # fmt: skip
    return cel.NewEnv(variables={"self": cel.Type.DYN}, extensions=extensions, functions=declared(cel))


@lru_cache(maxsize=1024)
def compiled(expression: str) -> Any:
    """An expression ready to be evaluated; None for one that is too costly, or in words that are not known here."""
    env = environment()
    if env is None or not is_bounded(expression):
        return None
    from kexplain.objects.cel_library import prepared

    try:
        return env.compile(prepared(expression))
    except Exception:
        return None


def is_bounded(expression: str) -> bool:
    """Whether what an expression costs is bounded by what it is given."""
    if len(expression) > LONGEST or len(GROWING.findall(expression)) > 1:
        return False
    bare, open_, loops, deepest = TEXT.sub("''", expression), [], 0, 0
    starts = {match.end() - 1 for match in LOOP.finditer(bare)}
    for index, character in enumerate(bare):
        if character == "(":
            open_.append(index in starts)
            loops += open_[-1]
            deepest = max(deepest, loops)
        elif character == ")" and open_:
            loops -= open_.pop()
    return deepest <= DEEPEST


def holds(expression: str, value: Any) -> bool | None:
    """Whether an expression is true of a value; None where that cannot be told."""
    program = compiled(expression)
    if program is None or entries(value) > MOST_ENTRIES:
        return None
    try:
        found = program.eval(data={"self": value}).value()
    except Exception:
        return None
    return found if isinstance(found, bool) else None


def entries(value: Any) -> int:
    """How many values a value is made of, counted no further than matters."""
    waiting, count = [value], 0
    while waiting and count <= MOST_ENTRIES:
        one = waiting.pop()
        count += 1
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return count
