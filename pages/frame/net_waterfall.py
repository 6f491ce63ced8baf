"""Where the net benefit of a run comes from, or of the difference between two, as a waterfall."""

import pandas as pd
import streamlit as st

import session
from components.charts import Part, waterfall_alt, waterfall_chart
from components.charts.waterfall import Role
from components.numbers import format_change, format_range, format_value
from pages.frame.chart import show_chart
from pages.frame.working import worked_out
from reports.wording import horizon
from strategy.model import Plan, Run, Scenario
from strategy.net_benefit import NetBenefit, NetLine, net_benefit, net_difference


def net_of(run: Run) -> NetBenefit:
    """Return where a run's net benefit comes from, with a progress bar the first time."""
    return worked_out("net_benefit", run, lambda progress: net_benefit(run, progress))


def show_net(plan: Plan, run: Run) -> None:
    """Draw where a run's net benefit comes from."""
    found = net_of(run)
    middle = format_value(run.summary["net"]["p50"], "money", plan.currency)
    average = format_value(found.net.mean, "money", plan.currency)
    _show(
        found,
        plan,
        key="net_parts",
        heading=largest_words(found, plan.currency),
        caption=f"{horizon(plan.months).capitalize()}, not discounted, against carrying on as "
        f"today. The average is {average}, because parts must add up; the middle future is "
        f"{middle}. Each part is what comes on top of the parts above it, on the same futures.",
        is_difference=False,
    )


def show_net_difference(plan: Plan, pair: tuple[Scenario, Scenario], runs: tuple[Run, Run]) -> None:
    """Draw in which parts the net benefit of two scenarios differs, the first less the second."""
    found = net_difference(net_of(runs[0]), net_of(runs[1]))
    one, other = pair
    change = format_change(found.net.mean, "money", plan.currency)
    _show(
        found,
        plan,
        key="net_difference",
        heading=f"{one.letter} − {other.letter}: {change} on average",
        caption=f"Net benefit of {one.letter} less that of {other.letter}, part by part, over "
        f"{horizon(plan.months)}, not discounted. Averages over the same futures, so that parts "
        "add up.",
        is_difference=True,
    )


def largest_words(found: NetBenefit, currency: str) -> str:
    """Return which part brings most and which takes most."""
    parts = found.lines[:-1]
    most, least = max(parts, key=lambda line: line.mean), min(parts, key=lambda line: line.mean)
    said = (
        f"{words}: {line.label}, {format_change(line.mean, 'money', currency)}"
        for words, line in (("Brings most", most), ("Takes most", least))
        if abs(line.mean) >= 1
    )
    return ". ".join(said) or "Nothing earns and nothing costs"


def _show(
    found: NetBenefit, plan: Plan, *, key: str, heading: str, caption: str, is_difference: bool
) -> None:
    parts = net_waterfall(found, plan.currency, is_difference=is_difference)
    if all(abs(line.mean) < 1 for line in found.lines):
        st.caption("Every part is zero.")
        return
    show_chart(
        waterfall_chart(parts, palette=session.palette()),
        key=key,
        heading=heading,
        caption=caption,
        alt_text=f"{heading}. {waterfall_alt(parts)}",
        table=lambda: net_table(found, plan.currency),
    )


def net_waterfall(found: NetBenefit, currency: str, *, is_difference: bool) -> list[Part]:
    """Return the rows of the chart, which add up exactly; what is the same in both is left out."""
    return [
        {
            "label": line.label,
            "amount": line.mean,
            "text": _amount(line, currency, is_difference),
            "role": _role(line, is_difference),
            "tip": f"{line.label}: {_amount(line, currency, is_difference)} on average, 80% range "
            f"{format_range(line.p10, line.p90, 'money', currency)}. {line.meaning}",
        }
        for line in found.lines
        if line.kind == "net" or line.mean or not is_difference
    ]


def _amount(line: NetLine, currency: str, is_difference: bool) -> str:
    if line.kind == "net" and not is_difference:
        return format_value(line.mean, "money", currency)
    return format_change(line.mean, "money", currency)


def _role(line: NetLine, is_difference: bool) -> Role:
    if line.kind == "net":
        return "total"
    if is_difference:
        return "gain" if line.mean >= 0 else "loss"
    if line.kind == "gain":
        return "gain" if line.mean >= 0 else "loss"
    return "unaligned" if line.kind == "unaligned" else "cost"


def net_table(found: NetBenefit, currency: str) -> pd.DataFrame:
    """Return every part with its range, in whole units of currency."""
    rows = [(line.label, line.mean, line.p10, line.p90, line.meaning) for line in found.lines]
    columns = [
        "Part",
        f"Average ({currency})",
        "1 in 10 below",
        "9 in 10 below",
        "What it is",
    ]
    return pd.DataFrame(rows, columns=columns).round(0)
