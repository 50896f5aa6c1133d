"""What stands in a text for a value that is filled in later, and by whom; the text is all that is looked at.

No pattern looks at a character more often than a few times: a text of any length takes time in proportion to it.
"""

import re

DIRECTIVE = (
    r"\{\{(?:[^{}]|\}(?!\})|\{(?!\{))*\}\}"
    r"|\{%(?:[^%{]|%(?!\})|\{(?!%))*%\}"
    r"|<%(?:[^%<]|%(?!>)|<(?!%))*%>"
)
ENCRYPTED = "ENC["  # the name of a cipher with a _ follows
"""How a value begins that SOPS encrypted; it is decrypted before anything is applied."""
FILLERS: tuple[tuple[str, str, str], ...] = (
    (ENCRYPTED, r"^ENC\[[A-Z0-9_]+,", "SOPS, which decrypts it"),
    ("{", DIRECTIVE, "a template engine, such as Helm, Jinja or Argo"),
    ("<", DIRECTIVE, "a template engine"),
    ("$", r"\$\$?\{[^{}\n]*\}|(?<![\w$])\$[A-Z_][A-Z0-9_]*\b", "Flux, envsubst or a script"),
    ("$", r"\$\([^()\n]+\)", "a tool such as kustomize or Tekton"),
    ("$", r"\$\$[A-Za-z_][\w.-]*\$\$", "a script"),
    ("@", r"@[A-Z_][A-Z0-9_]*@|@@?[A-Za-z_][\w.-]*@@?(?![\w.])", "a build tool such as CMake or autoconf"),
    ("{", r"#\{[^{}\n]+\}#?|\{[A-Z_][A-Z0-9_]*\}", "a script"),
    ("<", r"<[A-Za-z_][\w .:/-]*>", "a person or a script"),
    ("_", r"__[A-Z][A-Z0-9_]*__", "a script"),
    ("%", r"%%?[A-Z_][A-Z0-9_]*%%?", "a script"),
)
"""A text that must be there, the pattern of the placeholder, and who usually fills it in; the first that fits."""
LINE = rf"(?m)^[ \t]*(?:{DIRECTIVE})[ \t]*$"
"""A line that is nothing but a directive: a condition, a loop, or a whole block that is put in."""


STRUCTURE = r"(?m)^[ \t]*(?:\{\{|<%)|\{%|\{\{-?\s*(?:if|range|with|define|block|else|end)\b"
"""What decides which lines there are: how a text reads once it is carried out, nobody can guess."""


def has_structure(text: str) -> bool:
    """Whether a text has conditions, loops or blocks that are put in, not only values."""
    return re.search(STRUCTURE, text) is not None


def filler(text: str) -> str:
    """Who fills a text in later, in words; empty for a text that is what it says, and for one of several lines."""
    if "\n" in text:
        return ""
    return next((who for char, pattern, who in FILLERS if char in text and re.search(pattern, text)), "")


def filled(text: str) -> str:
    """A text as it may be once all is filled in: a word for each placeholder, nothing for a directive's own line.

    Every line keeps its number. A list or mapping cannot be guessed: where one is filled in, a word stands.
    """
    text = re.sub(LINE, lambda match: "\n" * match[0].count("\n"), text)
    for char, pattern, _ in FILLERS:
        if char in text:
            text = re.sub(pattern, lambda match: "x" + "\n" * match[0].count("\n"), text)
    return text
