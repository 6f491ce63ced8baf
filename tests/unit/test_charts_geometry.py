import pytest

from components.charts.frame import make_frame, month_marks
from components.charts.geometry import dot_columns, nice_ticks, smooth_path, spread


@pytest.mark.parametrize("ends", [(4.2e6, 5.7e6), (0.21, 0.26), (-9e5, 2e6), (5, 5), (0, 0)])
def test_ticks_enclose_the_values(ends):
    ticks = nice_ticks(*ends)
    assert ticks[0] <= ends[0] <= ends[1] <= ticks[-1]
    assert 2 <= len(ticks) <= 8


def test_ticks_stay_evenly_spaced():
    ticks = nice_ticks(4.2e6, 5.7e6)
    steps = {round(b - a, 6) for a, b in zip(ticks, ticks[1:], strict=False)}
    assert len(steps) == 1


def test_labels_that_are_apart_stay_where_they_are():
    assert spread([10.0, 90.0, 50.0], 15, 0, 100) == [10.0, 90.0, 50.0]


def test_labels_that_collide_move_apart_around_their_middle():
    assert spread([50.0, 50.0], 20, 0, 100) == [40.0, 60.0]


def test_labels_never_leave_the_plot():
    placed = spread([99.0, 99.5, 100.0, 100.0], 15, 0, 100)
    assert max(placed) <= 100
    gaps = [b - a for a, b in zip(sorted(placed), sorted(placed)[1:], strict=False)]
    assert min(gaps) >= 15 - 1e-9


def test_labels_without_room_share_it_evenly():
    assert spread([5.0, 5.0, 5.0], 50, 0, 10) == [0.0, 5.0, 10.0]


def test_no_two_dots_in_a_column_touch():
    pixels = [10, 12, 14, 30, 31, 60, 60, 60]
    columns = dot_columns(pixels, 9)
    for column in set(columns):
        mine = sorted(p for p, c in zip(pixels, columns, strict=True) if c == column)
        assert all(b - a >= 9 for a, b in zip(mine, mine[1:], strict=False))


def test_a_smooth_line_passes_through_its_points():
    path = smooth_path([(0, 0), (10, 5), (20, 5), (30, 0)])
    assert path.startswith("M0.0,0.0")
    assert path.endswith("30.0,0.0")
    assert "20.0,5.0" in path


def test_months_are_labelled_each_half_year():
    marks = month_marks("2026-11", 1, 24, room=560)
    assert [m.label for m in marks] == ["Jan 2027", "Jul 2027", "Jan 2028", "Jul 2028"]


@pytest.mark.parametrize(
    ("months", "room"), [(6, 300), (12, 250), (24, 250), (60, 300), (120, 600)]
)
def test_month_labels_never_touch(months, room):
    marks = month_marks("2026-03", 1, months, room=room)
    places = [(m.month - 1) / (months - 1) * room for m in marks]
    assert marks
    assert all(b - a > 50 for a, b in zip(places, places[1:], strict=False))


@pytest.mark.parametrize(
    "values", [[5e6, 5e6], [4.2e6, 5.01e6], [-7e5, 2.02e6], [0.0, 0.0], [-3.0, -1.0], []]
)
@pytest.mark.parametrize("zero", [True, False])
def test_a_frame_holds_its_values_and_its_ticks(values, zero):
    frame = make_frame(
        values,
        unit="money",
        currency="$",
        start_month="2026-11",
        first=1,
        last=24,
        width=400,
        height=280,
        zero=zero,
    )
    for value in [*values, *frame.ticks, *([0.0] if zero else [])]:
        assert -1e-6 <= frame.y(value) <= frame.inner_height + 1e-6
    assert len(frame.ticks) >= 3
