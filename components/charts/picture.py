"""Charts whose specification is built once with Altair and kept; later only their data is new."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec

import altair as alt
import pyarrow as pa

Rows = Sequence[Mapping[str, Any]]
Spec = dict[str, Any]
Style = ParamSpec("Style")
FEW_ROWS = 8
OF_WHOLE_CHARTS = ("$schema", "config", "data", "datasets")


@dataclass(frozen=True)
class Layer:
    """Rows, and the stored specification that draws them; it must not be changed."""

    rows: Rows
    spec: Spec


@dataclass(frozen=True)
class Picture:
    """A chart as Vega-Lite: a specification without data, and its data by name.

    Charts of one shape have equal specifications, so that a browser that shows one of them
    need not compile the next.
    """

    spec: Spec
    datasets: dict[str, Rows]

    def to_dict(self) -> Spec:
        """Return the whole chart with its data."""
        return self.spec | {"datasets": {name: list(rows) for name, rows in self.datasets.items()}}

    def to_send(self) -> Spec:
        """Return the chart with its data as tables, the form in which browsers get it."""
        return self.spec | {"datasets": {name: arrow(rows) for name, rows in self.datasets.items()}}


def arrow(rows: Rows) -> bytes:
    """Return rows of plain values as a table in Arrow's stream format.

    Ticks, lines and labels are a few rows each, and most often those of the drawing before.
    """
    if len(rows) > FEW_ROWS:
        return _written(rows)
    # With kinds, since 1 and 1.0 and True are equal and make different columns.
    return _kept(
        tuple(tuple((name, type(value), value) for name, value in row.items()) for row in rows)
    )


@lru_cache(maxsize=1024)
def _kept(content: tuple[tuple[tuple[str, type, Any], ...], ...]) -> bytes:
    return _written([{name: value for name, _, value in row} for row in content])


def _written(rows: Rows) -> bytes:
    columns = table(rows)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, columns.schema) as stream:
        stream.write_table(columns)
    return bytes(sink.getvalue())


def table(rows: Rows) -> pa.Table:
    """Return rows as columns, in which a value that a row lacks is null."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: pa.array([row.get(name) for row in rows]) for name in names}
    empty = [name for name, column in columns.items() if column.null_count == len(column)]
    return pa.table(columns | {name: columns[name].cast(pa.float64()) for name in empty})


def layer(
    build: Callable[Style, alt.Chart],
) -> Callable[Concatenate[Rows, Style], Layer]:
    """Let a function that builds a layer's look take its rows first, and build each look once.

    What it builds must follow from its arguments alone, and these must be hashable. Scales
    follow the data: `marks.paper` puts the corners of the plot into it.
    """

    known: dict[Hashable, Spec] = {}

    @wraps(build)
    def drawn(rows: Rows, /, *given: Style.args, **named: Style.kwargs) -> Layer:
        look = (given, tuple(sorted(named.items())))
        if look not in known:
            spec = build(*given, **named).to_dict()
            known[look] = {key: part for key, part in spec.items() if key not in OF_WHOLE_CHARTS}
        return Layer(rows, known[look])

    return drawn


def picture(
    layers: Sequence[Layer],
    *,
    width: int | str,
    height: float,
    margins: Mapping[str, float],
    config: Spec,
) -> Picture:
    """Return layers, the first one lowest, as one chart whose size includes its margins."""
    names: dict[int, str] = {}
    datasets: dict[str, Rows] = {}
    for each in layers:
        name = names.setdefault(id(each.rows), f"rows{len(names)}")
        datasets[name] = each.rows
    spec = {
        "$schema": alt.SCHEMA_URL,
        "layer": [{**each.spec, "data": {"name": names[id(each.rows)]}} for each in layers],
        "width": width,
        "height": height,
        "padding": dict(margins),
        "autosize": {"type": "none", "contains": "padding"},
        "config": config,
    }
    return Picture(spec, datasets)
