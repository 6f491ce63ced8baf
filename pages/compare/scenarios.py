"""Which scenario, how sure, and why?"""

import pandas as pd
import streamlit as st

import session
from components.charts import Series, overlay_alt, overlay_chart, overlay_table
from components.charts.bands import Comparison
from components.numbers import (
    chance,
    format_change,
    format_range,
    format_value,
    futures,
    month_label,
)
from pages.compare.differences import differences
from pages.frame.bar import show_messages
from pages.frame.chart import heading_row, show_chart
from pages.frame.group import page_link
from pages.frame.net_waterfall import show_net_difference
from pages.frame.opening import about_plan
from pages.frame.text import plain
from reports.headlines import compare_headline
from strategy.comparison import NO_CLEAR_DIFFERENCE, ComparedOutcome, compare
from strategy.errors import PlanError
from strategy.metrics import GOAL_METRICS, metric_of
from strategy.model import Board, Run, Scenario

MOST = 4


def compare_page() -> None:
    """Draw two to four scenarios on the same futures."""
    about_plan(_drawn, missing="There is no plan to compare yet.")


def _drawn(board: Board) -> None:
    scenarios = session.store().scenarios(board.plan.id)
    if len(scenarios) < 2:
        st.title("Save a second scenario to compare.")
        st.text("Open Simulate, change something, and press “Save as scenario”.")
    else:
        _compared(board, scenarios)


def _compared(board: Board, scenarios: tuple[Scenario, ...]) -> None:
    chosen = _choose(scenarios)
    if len(chosen) < 2:
        st.title("Choose two to four scenarios.")
        return
    with st.spinner("Comparing on the same futures…", show_time=True):
        runs = [session.run_of(board, each) for each in chosen]
        rows = _rows(board, tuple(run for run in runs if run is not None), chosen)
    if rows is None:
        show_messages()
        return
    st.title(plain(compare_headline(rows, [each.letter for each in chosen])))
    kept = [run for run in runs if run is not None]
    st.caption(
        f"All meet the same {kept[0].draws:,} futures (seed {kept[0].seed}), so luck cancels out. "
        f"Ranges hold 80 of 100 futures. {plain(_linear_words(chosen, kept, board))}"
    )
    left, right = st.columns([6, 5], gap="medium")
    with left.container(border=True):
        _table(board, rows, chosen)
    with right.container(border=True):
        _overlay(board, chosen, kept)
    with right:
        _net_difference(board, chosen, kept)
    with left.container(border=True):
        differences(board, chosen)
        page_link("mix", "Find the best mix for the money", ":material/search:")


def _net_difference(board: Board, chosen: list[Scenario], runs: list[Run]) -> None:
    """Draw, once it is opened, in which parts the net benefit of the first two differs."""
    part = st.expander(
        "Where their net benefit differs",
        icon=":material/waterfall_chart:",
        key="part_net_difference",
        on_change="rerun",
    )
    if part.open:
        with part:
            show_net_difference(board.plan, (chosen[0], chosen[1]), (runs[0], runs[1]))


def _linear_words(chosen: list[Scenario], runs: list[Run], board: Board) -> str:
    """Return what a linear calculator would promise for each scenario."""
    promises = (
        f"{scenario.letter} "
        + format_value(run.summary["linear"]["cumulative"][-1], "money", board.plan.currency)
        for scenario, run in zip(chosen, runs, strict=True)
    )
    return f"A linear calculator would promise {', '.join(promises)}."


def _choose(scenarios: tuple[Scenario, ...]) -> list[Scenario]:
    names = {each.id: f"**{each.letter}** {plain(each.name)}" for each in scenarios}
    known = [each for each in st.session_state.get("compared", []) if each in names]
    picked = st.pills(
        "Compare (the first two against each other)",
        list(names),
        selection_mode="multi",
        default=known if len(known) >= 2 else list(names)[:2],
        format_func=lambda each: names[each],
        key="compare_pills_" + "_".join(names),
    )
    st.session_state["compared"] = picked
    if len(picked) > MOST:
        st.error(
            f"Four scenarios are the most that can be read at once. Take {len(picked) - MOST} away."
        )
        return []
    return [each for each in scenarios if each.id in picked]


def _rows(
    board: Board, runs: tuple[Run, ...], chosen: list[Scenario]
) -> list[ComparedOutcome] | None:
    if len(runs) < len(chosen):
        return None
    try:
        return session.once(("compare", *(run.id for run in runs)), lambda: compare(board, runs))
    except PlanError as error:
        session.say("error", str(error))
        return None


def _shown(value: float | None, row: ComparedOutcome, board: Board) -> str:
    if row.unit == "payback":
        return (
            f"after {month_label(board.plan.start_month, board.plan.months)}"
            if value is None
            else month_label(board.plan.start_month, int(value))
        )
    return format_value(value, row.unit, board.plan.currency)


def _span(value: dict[str, float | None], row: ComparedOutcome, board: Board) -> str:
    if row.unit == "payback":
        return f"{_shown(value['p10'], row, board)} to {_shown(value['p90'], row, board)}"
    return format_range(value["p10"], value["p90"], row.unit, board.plan.currency)


def better_words(row: ComparedOutcome, letter: str) -> str:
    """Return how often the first scenario is better, or that there is no clear difference."""
    if row.first_better == 0 and row.second_better == 0:
        return "Same in both"
    if abs(row.first_better - row.second_better) < 2 * NO_CLEAR_DIFFERENCE:
        return "No clear difference"
    return f"{letter} better: {futures(row.first_better)}"


def _note(row: ComparedOutcome) -> str:
    return row.note + (f", by {month_label(row.due_month, 1)}" if row.due_month else "")


def _difference(row: ComparedOutcome, board: Board) -> str:
    middle = row.difference["p50"]
    if middle is None:
        return "not available"
    if row.unit == "payback":
        return format_change(middle, "months")
    return format_change(middle, row.unit, board.plan.currency)


def _table(board: Board, rows: list[ComparedOutcome], chosen: list[Scenario]) -> None:
    first, second = chosen[0].letter, chosen[1].letter
    lines = []
    for row in rows:
        line = {"Outcome": row.label, "What": _note(row)}
        for place, scenario in enumerate(chosen):
            value = row.values[place]
            said = f"{_shown(value['p50'], row, board)} ({_span(value, row, board)})"
            if row.chances:
                said = f"{chance(row.chances[place])} chance, {said}"
            line[f"{scenario.letter} {scenario.name}"] = said
        line[f"{first} − {second}"] = _difference(row, board)
        line["On the same futures"] = better_words(row, first)
        lines.append(line)
    frame = pd.DataFrame(lines)
    heading_row("Side by side", lambda: frame, key="comparison")
    with st.container(key="compare_header"):
        header = st.columns(_widths(chosen))
    for column, words in zip(
        header,
        ["Outcome", *(f"{each.letter} {each.name}" for each in chosen), "On the same futures"],
        strict=True,
    ):
        column.caption(plain(words))
    for row in rows:
        _outcome(board, row, chosen)


def _widths(chosen: list[Scenario]) -> list[int]:
    return [5, *[4] * len(chosen), 4]


def _outcome(board: Board, row: ComparedOutcome, chosen: list[Scenario]) -> None:
    """Draw one outcome as a row: each scenario's middle and range, and who is ahead."""
    head, *cells, verdict = st.columns(_widths(chosen), vertical_alignment="top")
    head.markdown(_two_lines(row.label, _note(row)))
    for place, (column, value) in enumerate(zip(cells, row.values, strict=True)):
        said = _span(value, row, board)
        if row.chances:
            said += f", chance {chance(row.chances[place])}"
        letter = chosen[place].letter
        column.markdown(_two_lines(f"{letter} {_shown(value['p50'], row, board)}", said))
    verdict.markdown(
        _two_lines(
            better_words(row, chosen[0].letter),
            f"{chosen[0].letter} − {chosen[1].letter}: {_difference(row, board)}",
        )
    )


def _two_lines(first: str, second: str) -> str:
    return f"**{plain(first)}**  \n:small[{plain(second)}]"


def _overlay(board: Board, chosen: list[Scenario], runs: list[Run]) -> None:
    goals = board.simulated_goals
    key = st.selectbox(
        "Outcome",
        list(GOAL_METRICS),
        index=list(GOAL_METRICS).index(goals[0].metric) if goals else 0,
        format_func=lambda each: GOAL_METRICS[each].label,
        key="compare_metric",
        persist_state="session",
    )
    metric = metric_of(key)
    goal = next((each for each in goals if each.metric == key), None)
    series: list[Series] = [
        {
            "letter": scenario.letter,
            "name": scenario.name,
            "bands": run.summary["series"][key]["plan"],
        }
        for scenario, run in zip(chosen, runs, strict=True)
    ]
    comparison: Comparison = "<=" if metric.lower_is_better else ">="
    start, currency = board.plan.start_month, board.plan.currency
    target = goal.target if goal else None
    ends = ", ".join(
        f"{one['letter']} {format_value(one['bands']['p50'][-1], metric.unit, currency)}"
        for one in series
    )
    show_chart(
        overlay_chart(
            series,
            palette=session.palette(),
            unit=metric.unit,
            currency=currency,
            start_month=start,
            target=target,
            comparison=comparison,
            zero=key == "cumulative_net",
            height=360,
        ),
        key="overlay",
        heading=f"{metric.label} in {month_label(start, board.plan.months)}: {ends}",
        caption="Middle future and 80% range of each scenario.",
        alt_text=overlay_alt(
            series,
            unit=metric.unit,
            currency=currency,
            start_month=start,
            label=metric.label,
            target=target,
            comparison=comparison,
        ),
        table=lambda: overlay_table(series, start_month=start, unit=metric.unit, currency=currency),
    )
