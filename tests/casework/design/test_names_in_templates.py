"""No template takes a function of ours for a value of the page: it is always there, and so always true."""

from django.template import engines
from jinja2 import Environment, nodes


def functions_taken_for_values(pages: Environment, source: str) -> set[str]:
    """Names of globals that a template looks at without calling them."""
    tree = pages.parse(source)
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    tests = [each.test for each in (*tree.find_all(nodes.If), *tree.find_all(nodes.CondExpr))]
    looked_at = {
        name.name
        for test in tests
        for name in ([test] if isinstance(test, nodes.Name) else test.find_all(nodes.Name))
        if id(name) not in called
    }
    return looked_at & set(pages.globals)


def ours() -> Environment:
    pages: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return pages


def test_a_template_asks_of_values_alone_whether_they_are_there() -> None:
    pages = ours()
    sources = {
        name: pages.loader.get_source(pages, name)[0]  # type: ignore[union-attr]
        for name in pages.list_templates(extensions=["jinja"])
    }
    assert len(sources) > 200
    assert not {
        name: taken for name, each in sources.items() if (taken := functions_taken_for_values(pages, each))
    }


def test_the_check_sees_a_function_and_lets_a_call_pass() -> None:
    assert functions_taken_for_values(ours(), "{% if beside %}!{% endif %}") == {"beside"}
    assert (
        functions_taken_for_values(ours(), "{% if error_summary(form) %}!{% endif %}{{ beside(x) }}") == set()
    )
