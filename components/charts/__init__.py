"""Charts as pure functions: plain numbers in, a chart, a sentence or a table out.

Show them with `st.vega_lite_chart(spec=chart.to_send(), theme=None, width="stretch")`: colours,
fonts and margins are already set by `chart_config`.
"""

from components.charts.actuals import actuals_alt, actuals_chart, actuals_table
from components.charts.bar_list import Item, bar_list, bar_list_alt
from components.charts.cash import cash_alt, cash_chart, cash_table
from components.charts.distribution import (
    distribution_alt,
    distribution_chart,
    distribution_words,
)
from components.charts.fan import fan_alt, fan_chart, fan_table
from components.charts.frontier import (
    Mix,
    Named,
    frontier_alt,
    frontier_chart,
    frontier_table,
)
from components.charts.hours import hours_alt, hours_chart, hours_table
from components.charts.lead import Series, lead_changes
from components.charts.limits import LimitRow, limits_alt, limits_chart, limits_table
from components.charts.marks import chart_config
from components.charts.measure import Measure, measured, measured_change
from components.charts.overlay import (
    overlay_alt,
    overlay_chart,
    overlay_table,
)
from components.charts.payback import Payback, payback_words
from components.charts.picture import Picture
from components.charts.strip import Whisker, strip_alt, strip_chart, strip_table
from components.charts.tornado import (
    PICKED,
    Swing,
    tornado_alt,
    tornado_chart,
    tornado_table,
)
from components.charts.waterfall import Part, spans, waterfall_alt, waterfall_chart

__all__ = [
    "Mix",
    "Named",
    "Payback",
    "Picture",
    "Series",
    "Whisker",
    "cash_alt",
    "cash_chart",
    "cash_table",
    "chart_config",
    "actuals_alt",
    "actuals_chart",
    "actuals_table",
    "distribution_alt",
    "distribution_chart",
    "distribution_words",
    "fan_alt",
    "fan_chart",
    "fan_table",
    "frontier_alt",
    "frontier_chart",
    "frontier_table",
    "hours_alt",
    "hours_chart",
    "hours_table",
    "lead_changes",
    "overlay_alt",
    "overlay_chart",
    "overlay_table",
    "payback_words",
    "strip_alt",
    "strip_chart",
    "strip_table",
    "Item",
    "bar_list",
    "bar_list_alt",
    "LimitRow",
    "limits_alt",
    "limits_chart",
    "limits_table",
    "Measure",
    "measured",
    "measured_change",
    "PICKED",
    "Swing",
    "tornado_alt",
    "tornado_chart",
    "tornado_table",
    "Part",
    "spans",
    "waterfall_alt",
    "waterfall_chart",
]
