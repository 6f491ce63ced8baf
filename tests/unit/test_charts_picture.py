"""A chart's specification is built once: when only its data changes, nothing is built anew."""

import altair as alt
import pyarrow as pa
import pytest
from streamlit.dataframe_util import convert_arrow_table_to_arrow_bytes
from streamlit.elements.vega_charts import _marshall_chart_data
from streamlit.proto.VegaLiteChart_pb2 import VegaLiteChart

from components.charts import fan_chart
from components.charts.picture import FEW_ROWS, arrow, layer, picture, table
from components.palette import DARK, LIGHT

MONTHS = 12


def fan(by: float = 0.0, palette=LIGHT, **more):
    bands = {
        name: [4.0e6 + by + step * 1e5 + 1e4 * at for at in range(MONTHS)]
        for name, step in (("p10", -1), ("p50", 0), ("p90", 1))
    }
    return fan_chart(bands, palette=palette, unit="money", start_month="2027-01", **more)


def test_charts_of_one_shape_have_equal_specifications_and_data_of_their_own() -> None:
    one, other = fan(), fan(by=2e5)
    assert one.spec == other.spec
    assert one.datasets != other.datasets


def test_dots_in_one_column_and_in_many_have_one_specification() -> None:
    apart = fan(target=4.2e6, due=6, dots=[4e6 + 1e5 * at for at in range(3)])
    heaped = fan(target=4.2e6, due=6, dots=[4e6, 4e6, 4e6])
    columns = [
        {row["aside"] for rows in each.datasets.values() for row in rows if "aside" in row}
        for each in (apart, heaped)
    ]
    assert list(map(len, columns)) == [1, 3]
    assert apart.spec == heaped.spec


@pytest.mark.parametrize("more", [{"palette": DARK}, {"baseline": [3.9e6] * MONTHS}])
def test_another_theme_or_shape_has_another_specification(more) -> None:
    assert fan().spec != fan(**more).spec


def test_no_look_is_built_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    fan()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a specification was built anew")

    monkeypatch.setattr(alt.Chart, "to_dict", refuse)
    assert fan(by=3e5).to_dict()["layer"]


def test_each_look_is_built_once_and_rows_that_are_one_are_sent_once() -> None:
    built: list[str] = []

    @layer
    def dots(color: str) -> alt.Chart:
        built.append(color)
        return alt.Chart().mark_point(color=color).encode(x="x:Q")

    rows, others = [{"x": 1}], [{"x": 1}]
    layers = [dots(rows, "red"), dots(rows, "red"), dots(others, "blue")]
    drawn = picture(layers, width=100, height=50, margins={}, config={})
    assert built == ["red", "blue"]
    assert [each["data"]["name"] for each in drawn.spec["layer"]] == ["rows0", "rows0", "rows1"]
    assert drawn.to_dict()["datasets"] == {"rows0": [{"x": 1}], "rows1": [{"x": 1}]}


def test_altair_reads_a_whole_chart_as_valid() -> None:
    whole = fan(target=4.2e6, due=6, dots=[4e6 + 1e4 * at for at in range(20)]).to_dict()
    assert alt.Chart.from_dict(whole, validate=True).to_dict()["layer"]


def test_scales_reach_the_corners_of_the_plot() -> None:
    drawn = fan()
    corners = drawn.datasets[drawn.spec["layer"][0]["data"]["name"]]
    values = [row[name] for rows in drawn.datasets.values() for row in rows
              for name in ("value", "p10", "p90") if name in row]  # fmt: skip
    assert [row["month"] for row in corners] == [1, MONTHS]
    assert (corners[0]["value"], corners[1]["value"]) == (min(values), max(values))
    assert all(
        "domain" not in channel.get("scale", {})
        for each in drawn.spec["layer"]
        for name, channel in each["encoding"].items()
        if name in ("x", "y")
    )


def test_a_value_that_a_row_lacks_is_null_and_a_column_of_none_is_a_number() -> None:
    sent = table([{"month": 1, "p50": 2.5, "tip": "a"}, {"month": 2, "actual": None}])
    assert sent.to_pylist() == [
        {"month": 1, "p50": 2.5, "tip": "a", "actual": None},
        {"month": 2, "p50": None, "tip": None, "actual": None},
    ]
    assert str(sent.schema.field("actual").type) == "double"
    assert fan().to_send()["datasets"].keys() == fan().datasets.keys()


@pytest.mark.parametrize("count", [0, 1, FEW_ROWS, FEW_ROWS + 1])
def test_rows_are_sent_as_streamlit_would_send_their_table(count: int) -> None:
    rows = [{"month": at, "tip": f"at {at}"} | ({"p50": 0.5} if at else {}) for at in range(count)]
    expected = convert_arrow_table_to_arrow_bytes(table(rows))
    assert [arrow(rows), arrow([dict(each) for each in rows])] == [expected, expected]


def test_rows_that_are_equal_in_number_and_not_in_kind_are_other_columns() -> None:
    kinds = [
        str(pa.ipc.open_stream(arrow([{"value": value}])).schema.field("value").type)
        for value in (1, 1.0, True)
    ]
    assert kinds == ["int64", "double", "bool"]


def test_streamlit_passes_the_tables_of_a_chart_on_as_they_are() -> None:
    drawn, proto = fan(), VegaLiteChart()
    _marshall_chart_data(proto, drawn.to_send())
    assert {each.name: each.data.data for each in proto.datasets} == {
        name: arrow(rows) for name, rows in drawn.datasets.items()
    }
