"""Writes a typed tree as the formula that it was read from, with no bracket more than the grammar asks for.

How tightly operators bind is stated here again (docs/language.md, L3.1), so that reading what is printed
proves it.
"""

from huiqi.language import syntax as s

OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, ATOM = range(8)
CONDITIONAL = -1


def printed(node: s.Node, least: int = CONDITIONAL) -> str:
    """The formula of a tree, in brackets where it binds less tightly than ``least`` asks."""
    text, strength = _printed(node)
    return text if strength >= least else f"({text})"


def _printed(node: s.Node) -> tuple[str, int]:
    match node:
        case s.Literal():
            return node.text, ATOM
        case s.Fact() | s.Parameter() | s.Definition():
            return node.name, ATOM
        case s.Today():
            return "评价日", ATOM
        case s.If():
            parts = (node.condition, node.then, node.otherwise)
            return "如果 {} 则 {} 否则 {}".format(*map(printed, parts)), CONDITIONAL
        case s.Any():
            return " 或 ".join(printed(part, AND) for part in node.parts), OR
        case s.All():
            return " 且 ".join(printed(part, NOT) for part in node.parts), AND
        case s.Not():
            return f"非 {printed(node.body, COMPARISON)}", NOT
        case s.Compare():
            return f"{printed(node.left, SUM)} {node.op} {printed(node.right, SUM)}", COMPARISON
        case s.Member():
            options = ", ".join(printed(option, SUM) for option in node.options)
            return f"{printed(node.item, SUM)} 属于 [{options}]", COMPARISON
        case s.Arithmetic():
            strength = SUM if node.op in "+-" else PRODUCT
            return f"{printed(node.left, strength)} {node.op} {printed(node.right, strength + 1)}", strength
        case s.Negate():
            return f"-{printed(node.body, ATOM)}", SIGN
        case s.Extreme():
            return _call("取大" if node.greatest else "取小", *map(printed, node.parts)), ATOM
        case s.Round():
            return _call(node.mode, printed(node.body), printed(node.step)), ATOM
        case s.DateFunction():
            return _call(node.function, *map(printed, node.arguments)), ATOM
        case s.Aggregate():
            return _call(node.function, node.collection, *map(printed, node.children())), ATOM
    raise TypeError(f"{type(node).__name__} is not written in a formula")


def _call(function: str, *arguments: str) -> str:
    return f"{function}({', '.join(arguments)})"
