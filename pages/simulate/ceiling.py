"""Bookings against hours of selling on Simulate, with the buyer ceiling."""

import streamlit as st

import session
from components.charts.response import Response, response_alt, response_chart, response_table
from components.numbers import format_value
from pages.frame.chart import show_chart
from pages.frame.working import worked_out
from strategy.calendar import month_label
from strategy.model import Board, Run
from strategy.selling_curve import SellingCurve, selling_response


def ceiling_part(board: Board, run: Run) -> None:
    """Draw what more or fewer selling hours would book, all else as in the scenario."""
    curve = worked_out(
        "selling_curve", run, lambda progress: selling_response(board, run, progress)
    )
    if curve is None:
        st.caption("Reps do not sell at all in the last month, so there is no curve to draw.")
        return
    response, currency = response_of(curve), board.plan.currency
    end = month_label(board.plan.start_month, run.months)
    show_chart(
        response_chart(response, palette=session.palette(), currency=currency),
        key="ceiling",
        heading=ceiling_finding(curve, currency),
        caption=f"Expected bookings a quarter to {end} by hours of selling a rep-week; only "
        "selling hours change, in every month, and the luck of single deals is left out. "
        "Dashed: the buyer ceiling at today’s attention. Bands hold 80 and 50 of 100 futures.",
        alt_text=f"{ceiling_finding(curve, currency)}. "
        + response_alt(response, currency=currency),
        table=lambda: response_table(response, currency=currency),
    )


def response_of(curve: SellingCurve) -> Response:
    """Return the curve as the chart takes it."""
    points = {"today": curve.today}
    if curve.plan != curve.today:
        points["scenario"] = curve.plan
    ends = curve.ceiling
    return Response(curve.hours, curve.booked, (ends.p10, ends.p50, ends.p90), points)


def ceiling_finding(curve: SellingCurve, currency: str) -> str:
    """Return what one more hour brings at the scenario's hours, and at today's."""
    here = format_value(curve.one_more_plan, "money", currency)
    at = format_value(curve.plan, "hours")
    said = f"At {at} of selling, one more hour brings {here} a quarter"
    if curve.plan == curve.today:
        return said
    before = format_value(curve.one_more_today, "money", currency)
    return f"{said}; at today’s {format_value(curve.today, 'hours')} it brings {before}"
