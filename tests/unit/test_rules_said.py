"""That a rule of the model is off is said wherever the plan's numbers go."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pages.assumptions.register_rows import register_rows
from pages.assumptions.rules import effect_words
from pages.simulate.week import inputs_have_ceiling
from reports.board_csv import board_csv
from reports.history_words import field_changes
from reports.share_page import report_file, share_page
from reports.tables import with_rules_off
from strategy.beside import Beside
from strategy.document import read_document, to_document
from strategy.errors import InvalidValue
from strategy.importing import import_plan
from strategy.model import Plan
from strategy.ports import Store
from strategy.projection import engine_inputs
from strategy.rules import switch_rule, switched_board
from strategy.sharing import assumption_rows
from strategy.studying import Studied
from tests.share_samples import shared_example
from tests.store_samples import store_with
from tests.unit.test_strategy_samples import BOARD, PLAN

TITLE = "Buyers’ time is limited"
OFF = switched_board(BOARD, "buyer_ceiling", on=False)


def test_a_shared_copy_says_it_on_its_page_and_in_its_file(tmp_path: Path) -> None:
    def switch(store: Store, plan: Plan) -> None:
        switch_rule(store, plan.id, "Ann", "buyer_ceiling", on=False)

    off = shared_example(tmp_path / "off.db", switch)
    assert [each["rule"] for each in off.snapshot.content["rules_off"]] == ["buyer_ceiling"]
    for page in (share_page(off.snapshot, off.link), report_file(off.snapshot)):
        assert f"switched off: <b>{TITLE}</b>." in page
    older = replace(
        off.snapshot,
        content={key: each for key, each in off.snapshot.content.items() if key != "rules_off"},
    )
    assert "switched off" not in share_page(older, off.link)
    off.store.close()


def test_the_boards_table_has_a_column_for_it_only_while_a_rule_is_off() -> None:
    def read(content: bytes) -> list[list[str]]:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    on, off = read(board_csv(BOARD)), read(board_csv(OFF))
    assert [row[:-1] for row in off] == on
    assert {row[-1] for row in off[1:]} == {f"Rule off: {TITLE}."}
    assert with_rules_off(("a",), [(1,)], "") == (("a",), [(1,)])


def test_a_plan_file_holds_it_and_an_import_keeps_or_refuses_it(tmp_path: Path) -> None:
    document = to_document(OFF, (), ())
    assert document["plan"]["rules"] == {"buyer_ceiling": False}
    store = store_with(tmp_path / "plan.db", plan=PLAN)
    kept = import_plan(store, "Ann", read_document(json.dumps(document).encode()))
    assert store.board(kept.id).plan.rules == {"buyer_ceiling": False}
    document["plan"]["rules"] = {"gravity": False}
    with pytest.raises(InvalidValue, match="gravity"):
        import_plan(store, "Ann", read_document(json.dumps(document).encode()))
    del document["plan"]["rules"]  # a file from before there were switches
    older = import_plan(store, "Ann", read_document(json.dumps(document).encode()))
    assert older.rules == {}
    store.close()


def test_the_history_names_the_rules_by_title(tmp_path: Path) -> None:
    store = store_with(tmp_path / "plan.db", plan=PLAN)
    switch_rule(store, "p1", "Ann", "buyer_ceiling", on=False)
    (line,) = field_changes(store.events("p1")[0], {"p1": "FY27"})
    assert (line.field, line.before, line.after) == (
        "rules of the model",
        "all on",
        f"off: {TITLE}",
    )
    store.close()


def test_the_register_says_at_the_assumption_that_it_is_left_out() -> None:
    rows = {
        row["id"]: row
        for row in register_rows(
            assumption_rows(OFF.plan),
            None,
            currency="$",
            now="2026-11-26T14:00:00Z",
            left_out={"buyer_pressure": TITLE},
        )
    }
    assert rows["buyer_pressure"]["note"] == f"Left out: rule “{TITLE}” is off"
    assert rows["buyer_pressure"]["no_effect"] == "left out of the model"
    assert rows["leak"]["note"] == ""


def test_the_week_shows_a_ceiling_only_where_the_model_has_one() -> None:
    assert inputs_have_ceiling(engine_inputs(BOARD))
    assert not inputs_have_ceiling(engine_inputs(OFF))


def test_what_a_rule_changes_reads_the_same_whichever_way_it_is_switched() -> None:
    net = Studied(None, "Net benefit", "money")
    said = "Net benefit: **$1.6M** without the rule, $1.4M with it (+\u2060$200k)."
    with_rule, without = 1_400_000.0, 1_600_000.0
    plain = said.replace("$", r"\$")
    assert effect_words(Beside(net, with_rule, without), "$", on=True).replace("\\+", "+") == plain
    assert effect_words(Beside(net, without, with_rule), "$", on=False).replace("\\+", "+") == plain
    same = effect_words(Beside(net, with_rule, with_rule), "$", on=True)
    assert same.endswith("with the rule and without it.")
