"""A source that can be opened has its link; text that is none has not."""

import pytest

from reports.source_links import WORKS, linked_source
from simulation.defaults import defaults


def test_a_cited_work_is_linked_where_it_stands() -> None:
    found = linked_source("Judgement; form of Bass (1969), Management Science 15(5)")
    assert found == (
        "Judgement; form of ",
        "Bass (1969)",
        ", Management Science 15(5)",
        WORKS["Bass (1969)"],
    )


def test_every_known_work_is_cited_by_a_shipped_assumption() -> None:
    sources = [each.source for each in defaults().assumptions.values()]
    assert [words for words in WORKS if not any(words in source for source in sources)] == []


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("See https://example.org/a?b=1.", "https://example.org/a?b=1"),
        ("(http://intra/report)", "http://intra/report"),
        ("https://example.org/x, quoting Bass (1969)", "https://example.org/x"),
        ("javascript:alert(1)", ""),
        ("ftp://example.org/x", ""),
        ("Four leaders, blind vote", ""),
        ("", ""),
    ],
)
def test_a_typed_address_is_linked_and_nothing_else(source: str, address: str) -> None:
    found = linked_source(source)
    assert found.address == address
    assert found.before + found.linked + found.after == source


def test_every_shipped_benchmark_opens() -> None:
    shipped = defaults().assumptions.items()
    cited = {name: each.source for name, each in shipped if each.grade == "benchmark"}
    assert [name for name, source in cited.items() if not linked_source(source).address] == []
