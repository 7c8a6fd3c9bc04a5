"""What a tree prints as is read as the same tree again: grammar, checker and printer agree."""

from hypothesis import given

from huiqi.language import syntax as s
from huiqi.language.check import Scope, check
from huiqi.language.parse import parse
from huiqi.language.types import Kind
from tests.printer import printed
from tests.support import VOCABULARY, reference
from tests.trees import PARAMETER, trees

MONEY = VOCABULARY["投资额"].type


def definitions(tree: s.Node) -> dict[str, s.Node]:
    return {node.name: node.body for node in s.walk(tree) if isinstance(node, s.Definition)}


@reference("L3.1", "L3.4")
@given(tree=trees(parameters=True))
def test_reading_what_is_printed_gives_the_tree_back(tree: s.Node) -> None:
    scope = Scope(VOCABULARY, definitions(tree), {PARAMETER: MONEY})
    text = printed(tree)
    again = check(parse(text), scope)
    assert [str(one) for one in scope.problems] == [], text
    assert again == tree, text


@given(tree=trees(parameters=True))
def test_every_node_knows_its_type_and_its_clause(tree: s.Node) -> None:
    scope = Scope(VOCABULARY, definitions(tree), {PARAMETER: MONEY})
    again = check(parse(printed(tree), cite="三、（一）"), scope)
    for node in s.walk(again):
        assert node.type.kind is not Kind.UNKNOWN, node
    inside = {
        id(part) for node in s.walk(again) if isinstance(node, s.Definition) for part in s.walk(node.body)
    }
    assert all(node.cite == "三、（一）" for node in s.walk(again) if id(node) not in inside)
