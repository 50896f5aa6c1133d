"""Reads expressions of the Common Expression Language: grammar, the names they use, the kind of value they give.

Nothing is evaluated. What the reader cannot tell, it takes as good: fields of objects and functions have no types here.
Source: https://github.com/google/cel-spec/blob/master/doc/langdef.md
"""

from kexplain.constraints.cel_pieces import RESERVED, CelError, Token, TooDeep, tokens

LONGEST, DEEPEST = 50_000, 40
"""Of what is longer or deeper nothing is said."""
RELATIONS = ("==", "!=", "<", "<=", ">", ">=", "in")
GIVES = {"has": "bool", "size": "int", "int": "int", "uint": "uint", "double": "double", "string": "string",
         "bool": "bool", "matches": "bool", "startsWith": "bool", "endsWith": "bool", "all": "bool", "exists": "bool",
         "exists_one": "bool", "format": "string", "join": "string", "lowerAscii": "string", "upperAscii": "string",
         "bytes": "bytes", "allowed": "bool"}  # fmt: skip
"""Functions and macros that give one kind of value, whatever they are called on."""
MACROS = {"all", "exists", "exists_one", "map", "filter", "sortBy", "existsOne", "transformList", "transformMap",
          "transformMapEntry"}  # fmt: skip
LIBRARY = {"int", "uint", "double", "string", "bytes", "bool", "list", "map", "type", "null_type", "dyn", "optional",
           "optional_type", "math", "cel", "base64", "sets", "lists", "strings", "regex", "net", "google", "Object",
           "JSONPatch", "jsonpatch", "kubernetes", "format", "json"}  # fmt: skip
"""Names that stand for types and libraries."""
NUMBERS = {"int", "uint", "double"}
SCALAR = NUMBERS | {"string", "bytes", "bool", "null"}


def problem(text: str, known: frozenset[str], wanted: tuple[str, ...] = ()) -> str:
    """What is wrong with an expression that may use some names and must give a kind ``wanted``; "" for nothing."""
    if len(text) > LONGEST:
        return ""
    try:
        reader = Reader(text, known)
        kind = reader.ternary()
        reader.end()
    except TooDeep:
        return ""
    except CelError as mistake:
        return str(mistake)
    if wanted and kind and kind not in wanted:
        return f"gives {article(kind)}, and {' or '.join(map(article, wanted))} is wanted"
    return ""


def article(kind: str) -> str:
    """A kind of value in words."""
    words = {"int": "an integer", "uint": "an unsigned integer", "bool": "true or false", "null": "null"}
    return words.get(kind, f"a {kind}")


class Reader:
    """A reader by recursive descent; each method gives the kind of its value, "" where that is open."""

    def __init__(self, text: str, known: frozenset[str]) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.here = 0
        self.depth = 0
        self.known = known | LIBRARY
        self.bound: list[str] = []
        if not self.tokens:
            raise CelError("is empty")

    def peek(self) -> str:
        """The next sign or word; empty at the end and for values."""
        token = self.tokens[self.here] if self.here < len(self.tokens) else None
        return token.text if token and token.kind in {"sign", "name"} else ""

    def take(self, sign: str) -> bool:
        """Whether the next sign is that; then it is passed."""
        if self.peek() == sign:
            self.here += 1
            return True
        return False

    def need(self, sign: str) -> None:
        """Passes a sign. Raises CelError where it is not there."""
        if not self.take(sign):
            raise CelError(f"lacks {sign} {self.where()}")

    def where(self) -> str:
        """Where the reader stands, in words."""
        if self.here >= len(self.tokens):
            return "at its end"
        return f"before {self.text[self.tokens[self.here].start :][:20].strip()!r}"

    def end(self) -> None:
        """Raises CelError where something is left."""
        if self.here < len(self.tokens):
            raise CelError(f"does not go on {self.where()}")

    def ternary(self) -> str:
        """``a ? b : c``, or less."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooDeep
        first = self.either()
        if self.take("?"):
            one = self.either()
            self.need(":")
            other = self.ternary()
            if first and first != "bool":
                raise CelError(f"chooses by {article(first)}, not by true or false")
            first = one if one == other else ""
        self.depth -= 1
        return first

    def either(self) -> str:
        """``a || b``, or less."""
        kind = self.both()
        while self.take("||"):
            self.logic(kind, self.both(), "||")
            kind = "bool"
        return kind

    def both(self) -> str:
        """``a && b``, or less."""
        kind = self.relation()
        while self.take("&&"):
            self.logic(kind, self.relation(), "&&")
            kind = "bool"
        return kind

    def logic(self, left: str, right: str, sign: str) -> None:
        """Raises CelError where a side is certainly not true or false."""
        for kind in (left, right):
            if kind and kind != "bool":
                raise CelError(f"has {article(kind)} beside {sign}")

    def relation(self) -> str:
        """A comparison, or less."""
        kind = self.sum()
        while self.peek() in RELATIONS:
            sign = self.peek()
            self.here += 1
            other = self.sum()
            numbers = {kind, other} <= NUMBERS and sign not in {"==", "!="}  # whole and broken ones can be ordered
            if sign == "in" and other in SCALAR:
                raise CelError(f"looks into {article(other)}")
            if (
                sign != "in"
                and {kind, other} <= SCALAR
                and kind != other
                and not numbers
                and "null" not in {kind, other}
            ):
                raise CelError(f"compares {article(kind)} with {article(other)}")
            kind = "bool"
        return kind

    def sum(self) -> str:
        """Sums and differences, or less."""
        kind = self.product()
        while self.peek() in {"+", "-"}:
            sign = self.peek()
            self.here += 1
            kind = self.arithmetic(kind, self.product(), sign)
        return kind

    def product(self) -> str:
        """Products, quotients and rests, or less."""
        kind = self.unary()
        while self.peek() in {"*", "/", "%"}:
            sign = self.peek()
            self.here += 1
            kind = self.arithmetic(kind, self.unary(), sign)
        return kind

    def arithmetic(self, left: str, right: str, sign: str) -> str:
        """The kind of a sum or product. Raises CelError for kinds that do not go together."""
        if (
            left in SCALAR
            and right in SCALAR
            and (left != right or left in {"bool", "null"} or (left == "string" and sign != "+"))
        ):
            raise CelError(f"has {sign} between {article(left)} and {article(right)}")
        return left if left == right else ""

    def unary(self) -> str:
        """``!a`` and ``-a``, or less."""
        if self.take("!"):
            while self.take("!"):
                continue
            kind = self.member()
            if kind and kind != "bool":
                raise CelError(f"has {article(kind)} after !")
            return "bool"
        minus = False
        while self.take("-"):
            minus = True
        kind = self.member()
        if minus and kind in SCALAR - {"int", "double"}:
            raise CelError(f"has {article(kind)} after -")
        return kind

    def member(self) -> str:
        """A value with what hangs on it: fields, calls, indices, fields of a message."""
        kind = self.primary()
        while True:
            if self.take(".") or self.take(".?"):
                kind = self.field()
            elif self.take("[") or self.take("[?"):
                self.ternary()
                self.need("]")
                kind = ""
            elif self.peek() == "{" and self.is_message():
                self.entries(fields=True)
                kind = ""
            else:
                return kind

    def is_message(self) -> bool:
        """Whether the brace that follows belongs to the name before it."""
        return self.here > 0 and self.tokens[self.here - 1].kind == "name"

    def field(self) -> str:
        """What follows a dot: a field, or a function with its arguments."""
        token = self.tokens[self.here] if self.here < len(self.tokens) else None
        if token is None or token.kind not in {"name", "quoted"}:
            raise CelError(f"has no field after the dot {self.where()}")
        self.here += 1
        if self.take("("):
            if token.text in MACROS:
                self.macro()
            else:
                self.arguments()
            return GIVES.get(token.text, "")
        return ""

    def macro(self) -> None:
        """The arguments of a macro: the first ones name variables of the last."""
        start, names = self.here, []
        while (
            self.here + 1 < len(self.tokens)
            and self.tokens[self.here].kind == "name"
            and self.tokens[self.here + 1].text == ","
        ):
            names.append(self.tokens[self.here].text)
            self.here += 2
        if not names:
            self.here = start
        self.bound += names
        self.arguments()
        del self.bound[len(self.bound) - len(names) :]

    def arguments(self) -> None:
        """What stands between parentheses."""
        if self.take(")"):
            return
        self.ternary()
        while self.take(","):
            self.ternary()
        self.need(")")

    def entries(self, *, fields: bool) -> None:
        """The entries of a map, or the fields of a message."""
        self.need("{")
        while not self.take("}"):
            self.take("?")
            if fields and self.tokens[self.here : self.here + 1] and self.tokens[self.here].kind in {"name", "quoted"}:
                self.here += 1
            else:
                self.ternary()
            self.need(":")
            self.ternary()
            if not self.take(","):
                self.need("}")
                return

    def primary(self) -> str:
        """A literal, a name, a list, a map, or something in parentheses."""
        if self.here >= len(self.tokens):
            raise CelError("ends where a value belongs")
        token = self.tokens[self.here]
        if token.kind in {"float", "int", "string"}:
            self.here += 1
            return literal(token)
        if token.text == "(":
            self.here += 1
            kind = self.ternary()
            self.need(")")
            return kind
        if token.text == "[":
            self.here += 1
            return self.list()
        if token.text == "{":
            self.entries(fields=False)
            return "map"
        leading = self.take(".")
        token = self.tokens[self.here] if self.here < len(self.tokens) else token
        if token.kind != "name":
            raise CelError(f"has no value {self.where()}")
        self.here += 1
        return self.name(token.text, leading=leading)

    def list(self) -> str:
        """The items of a list."""
        while not self.take("]"):
            self.take("?")
            self.ternary()
            if not self.take(","):
                self.need("]")
                break
        return "list"

    def name(self, text: str, *, leading: bool) -> str:
        """A name: a constant, a function, a variable. Raises CelError for one that nothing has."""
        if text in {"true", "false"}:
            return "bool"
        if text == "null":
            return "null"
        if text in RESERVED or text == "in":
            raise CelError(f"uses the word {text}, which CEL keeps for itself")
        if self.take("("):
            self.arguments()
            return GIVES.get(text, "")
        if text not in self.known and text not in self.bound and not leading and not self.is_library(text):
            near = next((name for name in sorted(self.known - LIBRARY) if alike(name, text)), "")
            raise CelError(f"uses {text}, which is nothing here" + (f"; did you mean {near}?" if near else ""))
        return ""

    def is_library(self, text: str) -> bool:
        """Whether a name with a dot after it may be a namespace of functions or types: those begin with a capital."""
        return text[:1].isupper()


def alike(name: str, text: str) -> bool:
    """Whether one name is probably a slip of the other."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, name.lower(), text.lower()).ratio() > 0.8


def literal(token: Token) -> str:
    """The kind of a literal."""
    if token.kind == "string":
        return "bytes" if "b" in token.text.partition(token.text.lstrip("rRbB")[:1])[0].lower() else "string"
    if token.kind == "int":
        return "uint" if token.text[-1] in "uU" else "int"
    return "double"
