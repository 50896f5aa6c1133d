"""The events of YAML where libyaml's binding is absent, as in a browser: PyYAML's own parser, same events, slower."""

from typing import Any

from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner, ScannerError

BREAKS = "\r\n\x85\u2028\u2029"


class PureParser(Reader, Scanner, Parser):
    """What parse.py uses of ``CParser``: ``check_event`` and ``get_event``. Takes tabs as libyaml does."""

    def __init__(self, text: str) -> None:
        """Raises ReaderError, with the place in bytes as libyaml's has it, for a character that YAML does not know."""
        try:
            Reader.__init__(self, text)
        except ReaderError as error:
            place = len(text[: error.position].encode())
            reason = "control characters are not allowed"
            raise ReaderError(error.name, place, error.character, error.encoding, reason) from error
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Skips what separates tokens: a tab as well, where it does not indent."""
        if self.index == 0 and self.peek() == "\ufeff":
            self.forward()
        while True:
            while self.peek() == " " or (self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in f"\0{BREAKS}":
                    self.forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str] | None:
        """What stands between two words of a plain scalar, folded; None where a document ends there."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks = self.prefix(length)
        self.forward(length)
        if self.peek() not in BREAKS:
            return [blanks] if blanks else []
        first, more = self.scan_line_break(), []
        self.allow_simple_key = True
        while not self.document_ends():
            if self.peek() == "\t" and self.column < indent:
                problem = "found a tab character that violates indentation"
                raise ScannerError("while scanning a plain scalar", start_mark, problem, self.get_mark())
            if self.peek() in " \t":
                self.forward()
            elif self.peek() in BREAKS:
                more.append(self.scan_line_break())
            else:
                return [*([first] if first != "\n" else [] if more else [" "]), *more]
        return None

    def scan_line_break(self) -> str:
        """One line break, taken; "" where there is none."""
        return str(super().scan_line_break())  # type: ignore[no-untyped-call]

    def document_ends(self) -> bool:
        """Whether the line that begins here is ``---`` or ``...``."""
        at_margin = self.column == 0 and self.prefix(3) in {"---", "..."}
        return at_margin and self.peek(3) in f"\0 \t{BREAKS}"
