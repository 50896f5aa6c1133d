"""Constraints of admission webhooks and policies that no general kind can say.

Source: pkg/apis/admissionregistration/validation, as of Kubernetes 1.37.
"""

from collections.abc import Iterable, Iterator

from kexplain.constraints.cel import problem
from kexplain.constraints.names import dns_label_1035, qualified_name
from kexplain.constraints.nodes import Violation, is_set, items_of, scalar_text, shown, unresolved
from kexplain.syntax.tree import Mapping, Node, Scalar, descend

REQUEST = ("object", "oldObject", "request", "authorizer")


def review_versions(hook: Mapping, arguments: str) -> Iterator[Violation]:
    """Versions of the review that a webhook understands: well-formed, none twice, one that the server sends."""
    nodes = items_of(hook, arguments)
    seen: set[str] = set()
    for index, node in enumerate(nodes):
        text = scalar_text(node)
        if text in seen:
            yield Violation((arguments, str(index)), f"{shown(node)} stands twice")
        elif not unresolved(node) and (wrong := dns_label_1035(text)):
            yield Violation((arguments, str(index)), f"{shown(node)} {wrong}")
        seen.add(text)
    if nodes and not seen & {"v1", "v1beta1"} and not any(map(unresolved, nodes)):
        yield Violation((arguments,), f"{arguments} has neither v1 nor v1beta1, which the server sends", at_key=True)


def star_alone(rule: Mapping, arguments: str) -> Iterator[Violation]:
    """``*`` stands for all, so nothing stands beside it."""
    for field in arguments.split():
        texts = [scalar_text(node) for node in items_of(rule, field)]
        if "*" in texts and len(texts) > 1:
            yield Violation((field,), f"{field} has * and more beside it; * means all of them", at_key=True)


def resources(rule: Mapping, arguments: str) -> Iterator[Violation]:
    """Resources and subresources, without what a ``*`` already means."""
    texts = [scalar_text(node) for node in items_of(rule, "resources")]
    whole = [text for text in texts if "/" not in text]
    if "*/*" in texts and len(texts) > 1:
        yield Violation(("resources",), "resources has */* and more beside it; */* means all of them", at_key=True)
    elif "*" in texts and whole[-1] != "*":
        yield Violation(
            ("resources",), "resources has * and other resources beside it; * means all of them", at_key=True
        )
    seen: set[str] = set()
    for index, text in enumerate(texts):
        resource, slash, sub = text.partition("/")
        if slash and {f"{resource}/*", f"*/{sub}"} & (seen - {text}):
            yield Violation(("resources", str(index)), f'"{text}" is already meant by an item with *')
        seen.add(text)


def deny_and_warn(binding: Mapping, arguments: str) -> Iterator[Violation]:
    """Deny and Warn would say the same twice."""
    if {"Deny", "Warn"} <= {scalar_text(node) for node in items_of(binding, "validationActions")}:
        yield Violation(
            ("validationActions",), "validationActions has Deny and Warn, which exclude each other", at_key=True
        )


def audit_keys(policy: Mapping, arguments: str) -> Iterator[Violation]:
    """Keys of audit annotations: with the policy's name before them."""
    name = descend(policy, "metadata", "name")
    for index, item in enumerate(items_of(policy, "spec", "auditAnnotations")):
        key = descend(item, "key")
        if key is None or not (is_set(key) and scalar_text(name)) or unresolved(key) or unresolved(name):
            continue
        if wrong := qualified_name(f"{scalar_text(name)}/{scalar_text(key)}"):
            yield Violation(("spec", "auditAnnotations", str(index), "key"), f"key {shown(key)} {wrong}")


def expression(node: Node | None, known: Iterable[str], wanted: tuple[str, ...]) -> str:
    """What is wrong with an expression in CEL; "" for one that is empty, a template, or good as far as can be told."""
    if type(node) is not Scalar or type(node.value) is not str or not node.value.strip():
        return ""
    if "{{" in node.value or "${" in node.value:
        return ""
    return problem(node.value, frozenset(known), wanted)


def webhook_cel(hook: Mapping, arguments: str) -> Iterator[Violation]:
    """The conditions of a webhook."""
    for index, item in enumerate(items_of(hook, "matchConditions")):
        if wrong := expression(descend(item, "expression"), REQUEST, ("bool",)):
            yield Violation(("matchConditions", str(index), "expression"), f"the expression {wrong}")


def policy_cel(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """The expressions of a policy: each with what it may ask, and what it must give."""
    params = ("params",) if is_set(spec.get("paramKind")) else ()
    variables = ("variables",) if items_of(spec, "variables") else ()
    has_variables = variables or "mutations" in spec.fields
    known = (*REQUEST, "namespaceObject", *params, *(("variables",) if has_variables else ()))
    message = tuple(name for name in known if name != "authorizer")
    for field, key, names, wanted in (
        ("matchConditions", "expression", (*REQUEST, "namespaceObject", *params), ("bool",)),
        ("variables", "expression", known, ()),
        ("validations", "expression", known, ("bool",)),
        ("validations", "messageExpression", message, ("string",)),
        ("auditAnnotations", "valueExpression", known, ("string", "null")),
        ("mutations", "jsonPatch.expression", known, ("list",)),
        ("mutations", "applyConfiguration.expression", known, ("Object",)),
    ):  # fmt: skip
        for index, item in enumerate(items_of(spec, field)):
            steps = tuple(key.split("."))
            if wrong := expression(descend(item, *steps), names, wanted):
                yield Violation((field, str(index), *steps), f"the expression {wrong}")


def device_cel(selector: Mapping, arguments: str) -> Iterator[Violation]:
    """The selector of a device."""
    if wrong := expression(descend(selector, "cel", "expression"), ("device",), ("bool",)):
        yield Violation(("cel", "expression"), f"the expression {wrong}")
