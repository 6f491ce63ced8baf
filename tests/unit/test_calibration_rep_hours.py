"""Hours by rep and month are read from a table or a time log, and laid beside new deals."""

import numpy as np
import pytest

from calibration import CleanExport, ExportError, clean, guess_columns, read_export
from calibration.elasticity import elasticity_estimate
from calibration.rep_hours import RepHours, panel_of, read_rep_hours

HEADER = "Id,Owner,Amount,Created Date,Close Date,Stage"


def hours(text: str) -> RepHours:
    return read_rep_hours(read_export(text.encode(), "hours.csv"))


def deals(rows: list[str]) -> CleanExport:
    raw = read_export("\n".join([HEADER, *rows]).encode(), "crm.csv")
    return clean(raw, guess_columns(raw)[0], with_names=True)


def test_a_table_of_rep_month_and_hours_is_read() -> None:
    found = hours("Rep,Month,Selling hours\nAda  Winslow,2026-01,61.5\nada winslow,Feb 2026,58\n")
    assert found.hours == {("ada winslow", "2026-01"): 61.5, ("ada winslow", "2026-02"): 58.0}
    assert (found.left_out, found.other) == (0, 0.0)


def test_a_time_log_that_says_who_and_when_counts_selling_alone() -> None:
    found = hours(
        "Report,Person,Date,Task,Minutes\n"
        "r,Ann,2026-01-05,Customer call,90\n"
        "r,Ann,2026-01-20,Cold call,30\n"
        "r,Ann,2026-01-20,CRM data entry,60\n"
        "r,Ann,2026-02-03,Demo,45\n"
        "r,,2026-02-03,Demo,45\n"
        "r,Ann,2026-02-04,Demo,soon\n"
    )
    assert found.hours == {("ann", "2026-01"): 2.0, ("ann", "2026-02"): 0.75}
    assert (found.left_out, found.other) == (2, 1.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Month,Hours\n2026-01,4\n", "No column says who it was"),
        ("Rep,Hours\nAnn,4\n", "No column says the month or the day"),
        ("Rep,Month\nAnn,2026-01\n", "No column says how many hours"),
        ("Rep,Month,Hours\nAnn,soon,4\n", "is no month"),
        ("Rep,Month,Hours\nAnn,2026-01,3600\n", "more than 400 selling hours"),
        ("Rep,Month,Task,Hours\nAnn,2026-01,CRM data entry,4\n", "selling hours above zero"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_change(text: str, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        hours(text)


def test_months_of_a_rep_that_both_files_cover_are_laid_side_by_side() -> None:
    rows = [
        f"{owner}{month}-{i},{owner},100,2026-0{month}-{1 + 6 * i:02d},2026-05-31,Open"
        for month in (1, 2, 3, 4)
        for owner, count in (("Ann", month), ("Ben", 2))
        for i in range(count)
    ]
    rows += [
        "a,Ann,100,2026-01-01,2026-05-31,Closed Won",
        "b,Ben,100,2026-05-31,2026-05-31,Closed Won",
    ]
    panel = panel_of(
        deals(rows),
        hours(
            "Rep,Month,Hours\nann,2026-02,40\nBEN,2026-03,30\nAnn,2026-04,20\n"
            "Ann,2025-11,20\nCleo,2026-02,50\nBen,2026-02,0\n"
        ),
    )
    assert list(zip(panel.month, panel.deals, panel.hours, strict=True)) == [
        (0, 2.0, 40.0),
        (2, 4.0, 20.0),
        (1, 2.0, 30.0),
    ]
    assert (panel.reps, panel.months) == (2, 3)


def test_files_without_a_common_rep_give_an_empty_panel_that_keeps_the_shipped_range() -> None:
    rows = [f"{i},Ann,100,2026-0{1 + i}-02,2026-06-30,Closed Won" for i in range(5)]
    panel = panel_of(deals(rows), hours("Rep,Month,Hours\nCleo,2026-02,50\n"))
    assert (panel.reps, panel.months, len(panel.deals)) == (0, 0, 0)
    assert elasticity_estimate(panel).sample == 0


def test_a_planted_elasticity_comes_back_through_both_files() -> None:
    draw = np.random.default_rng(11)
    rows, table = [], ["Rep,Month,Selling hours"]
    for rep in range(40):
        for month in range(1, 13):
            spent = 40 * np.exp(0.35 * draw.standard_normal())
            table.append(f"Rep {rep},2025-{month:02d},{spent:.2f}")
            for at in range(draw.poisson(8 * (spent / 40) ** 0.05)):
                day = f"2025-{month:02d}-{1 + at % 28:02d}"
                rows.append(f"{rep}-{month}-{at},Rep {rep},100,{day},2025-12-31,Closed Won")
    found = elasticity_estimate(panel_of(deals(rows), hours("\n".join(table))))
    assert found.sample == 40 * 12
    assert found.low <= 0.05 <= found.high < 0.45
    assert found.mode < 0.25
