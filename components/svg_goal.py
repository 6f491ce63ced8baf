"""A goal as one bar: today, the target, the middle future and its 80% range."""

from html import escape

from components.charts.bands import Comparison
from components.charts.geometry import Scale, text_width
from components.numbers import Unit, format_range, format_value, range_beside
from components.palette import Palette
from components.svg_parts import ink, picture, text

BAR_WIDTH, BAR_HEIGHT = 360, 52


def goal_bar_svg(
    today: float,
    p10: float,
    p50: float,
    p90: float,
    target: float,
    *,
    unit: Unit,
    currency: str = "$",
    comparison: Comparison = ">=",
    label: str = "Goal",
    palette: Palette | None = None,
) -> str:
    """Return a goal as a bar from today to beyond the target, on which right is better."""
    x = goal_scale(today, p10, p50, p90, target, comparison)
    low, high = sorted((x(p10), x(p90)))
    words, quiet = ink("text", palette), ink("text3", palette)
    teal, at = ink("teal", palette), x(target)
    span = range_beside(p50, p10, p90, unit, currency)
    goal = f"target {format_value(target, unit, currency)}"
    half = text_width(goal) / 2
    named = min(max(at, half + 2), BAR_WIDTH - half - 2)
    body = [
        f'<rect x="4" y="20" width="{BAR_WIDTH - 8}" height="10" rx="5" '
        f'fill="{ink("surface2", palette)}"/>',
        f'<rect class="range" x="{low:.1f}" y="20" width="{max(high - low, 1):.1f}" height="10" '
        f'rx="2" fill="{ink("teal_band", palette)}"/>',
        f'<circle class="today" cx="{x(today):.1f}" cy="25" r="3.2" '
        f'fill="{ink("grey", palette)}"/>',
        f'<rect class="middle" x="{x(p50) - 1.5:.1f}" y="17" width="3" height="16" rx="1.5" '
        f'fill="{teal}"/>',
        f'<path class="target" d="M{at:.1f},12V35" stroke="{words}" stroke-width="1.6"/>',
        f'<path d="M{at - 3.6:.1f},12h7.2l-3.6,4.4z" fill="{words}"/>',
        text(goal, named, 9, words, anchor="middle"),
        text(f"today {format_value(today, unit, currency)}", 4, 47, quiet),
        _goal_words(format_value(p50, unit, currency), span, palette),
    ]
    said = (
        f"{label}: today {format_value(today, unit, currency)}, middle future "
        f"{format_value(p50, unit, currency)}, 80% range {format_range(p10, p90, unit, currency)}, "
        f"{goal}"
    )
    return picture(
        body, width=BAR_WIDTH, height=BAR_HEIGHT, title=said, name="goal-bar", palette=palette
    )


def goal_scale(
    today: float, p10: float, p50: float, p90: float, target: float, comparison: Comparison
) -> Scale:
    """Return the bar's scale: the worst value at the left, room beyond the best at the right."""
    sign = 1.0 if comparison == ">=" else -1.0
    known = [sign * value for value in (today, p10, p50, p90, target)]
    worst, best = min(known), max(known)
    room = 0.1 * (best - worst) or abs(best) * 0.1 or 1.0
    return Scale(sign * worst, sign * (best + room), 7.0, BAR_WIDTH - 7.0)


def _goal_words(middle: str, span: str, palette: Palette | None) -> str:
    """Return the middle value and its range on one line, kept to the right edge."""
    strong, quiet = ink("teal_text", palette), ink("text3", palette)
    return (
        f'<text x="{BAR_WIDTH - 4}" y="47" font-size="12" text-anchor="end" font-weight="600" '
        f'fill="{strong}">{escape(middle)} <tspan font-weight="400" fill="{quiet}">'
        f"({escape(span)})</tspan></text>"
    )
