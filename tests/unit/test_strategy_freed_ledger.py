"""The ledger of freed hours as people read it: hours a rep-week, lines that add up."""

from dataclasses import replace
from pathlib import Path

import pytest

from components.charts import spans
from data.store import SqliteStore
from pages.simulate.ledger import ledger_caption, ledger_finding, ledger_parts, ledger_table
from reports.headlines import WEEKS_A_MONTH, freed_hours_a_week
from strategy.freed_ledger import FreedLedger, freed_ledgers
from strategy.model import Run
from strategy.running import current_run
from tests.unit.test_strategy_samples import planned_store


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder: Path = tmp_path_factory.mktemp("ledger")
    store: SqliteStore = planned_store(folder / "plan.db")
    kept = current_run(store, store.board("p1"), draws=200)
    store.close()
    return kept


@pytest.fixture(scope="module")
def ledger(run: Run) -> FreedLedger:
    return freed_ledgers(run)["last"]


def test_lines_add_up_to_what_is_freed_and_its_uses_to_the_same(run: Run) -> None:
    for found in freed_ledgers(run).values():
        kinds = {kind: sum(each.mean for each in found.lines if each.kind == kind)
                 for kind in ("promised", "loss", "freed", "use")}  # fmt: skip
        assert kinds["promised"] > 0
        assert kinds["promised"] + kinds["loss"] == pytest.approx(kinds["freed"], abs=1e-9)
        assert kinds["use"] == pytest.approx(kinds["freed"], abs=1e-9)
        assert found.gap < 1e-9


def test_the_last_month_agrees_with_what_the_run_kept(run: Run, ledger: FreedLedger) -> None:
    freed, promised = run.summary["freed"], ledger.of("promised")
    assert ledger.of("freed").p10 == pytest.approx(
        freed["p10"] / freed["heads"] / WEEKS_A_MONTH, rel=1e-6
    )
    assert promised.mean == pytest.approx(
        freed["promised"] / freed["heads"] / WEEKS_A_MONTH, rel=1e-6
    )
    assert freed_hours_a_week(run.summary) == pytest.approx(ledger.of("freed").mean, abs=0.5)


def test_a_mean_month_of_the_whole_plan_promises_less_than_the_last(run: Run) -> None:
    found = freed_ledgers(run)
    assert 0 < found["whole"].of("promised").mean < found["last"].of("promised").mean


def test_the_chart_ends_at_zero_but_for_lines_too_small_to_show(ledger: FreedLedger) -> None:
    parts = ledger_parts(ledger)
    hidden = len(ledger.lines) - len(parts)
    assert spans(parts)[-1][1] == pytest.approx(0, abs=0.05 * hidden + 1e-9)
    assert [part["label"] for part in parts if part["role"] == "total"] == ["Really freed"]


def test_the_table_has_every_line_and_the_words_say_that_it_balances(ledger: FreedLedger) -> None:
    assert list(ledger_table(ledger)["Line"]) == [line.label for line in ledger.lines]
    assert ledger_finding(ledger).startswith("Of ")
    assert "the largest gap is under a millionth of an hour" in ledger_caption(ledger, "2027-01")


@pytest.mark.parametrize(
    ("promised", "freed", "selling", "said"),
    [
        (10.2, 3.5, 0.4, "Of 10.2 h promised, 3.5 h come free and 0.4 h more meet buyers"),
        (10.2, 3.5, -0.2, "Of 10.2 h promised, 3.5 h come free, and no more selling meets buyers"),
        (1, 0.01, 0, "Of 1.0 h promised, none come free"),
        (1, -2, 0, "Of 1.0 h promised, none come free: reps have 2.0 h more admin work"),
        (0, 0.3, 0.1, "The tactics promise no hours, 0.3 h come free and 0.1 h more meet buyers"),
        (0, 0, 0, "The tactics promise no hours, and none come free"),
    ],
)
def test_the_heading_is_a_sentence_for_good_and_bad_plans(
    ledger: FreedLedger, promised: float, freed: float, selling: float, said: str
) -> None:
    means = {"promised": promised, "freed": freed, "selling": selling}
    lines = tuple(replace(each, mean=means.get(each.key, each.mean)) for each in ledger.lines)
    assert ledger_finding(replace(ledger, lines=lines)) == said
