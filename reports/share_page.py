"""A snapshot as one page of HTML: no script, no outside address, every word escaped.

The page is made from the frozen content only, so it never changes while its link lives, but for
one line: a snapshot of an older model says so. The same template makes the page behind a share
link and the file somebody downloads.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from reports.big_numbers import plan_numbers
from reports.headlines import goals_heading, linear_explained, share_headline
from reports.own_goals import own_goals, simulated
from reports.share_goals import cash, fan, gain, goal_rows, joined, together
from reports.share_tables import assumption_rows, scenario_rows, tactic_groups
from reports.stylesheet import stylesheet
from reports.wording import date_words, time_words
from simulation import MODEL_VERSION
from strategy.model import ShareLink, Snapshot
from strategy.running import is_older_model
from strategy.sharing import CONTENT_VERSION

STYLESHEET = "/share-assets/share.css"
FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def share_page(snapshot: Snapshot, link: ShareLink, stylesheet_address: str = STYLESHEET) -> str:
    """Return the page behind a share link; a newer snapshot than this version knows says so."""
    return _page(snapshot, until=date_words(link.expires_at), address=stylesheet_address)


def report_file(snapshot: Snapshot) -> str:
    """Return the same page as one file that needs nothing else, with the system's fonts."""
    return _page(snapshot, style=stylesheet())


def notice_page(
    heading: str,
    sentence: str,
    stylesheet_address: str = STYLESHEET,
    style: str = "",
    link: tuple[str, str] | None = None,
) -> str:
    """Return a page that says one thing; it depends on nothing but its arguments.

    `link` is the address and the words of a way on.
    """
    template = _templates().get_template("not_found.html.j2")
    return template.render(
        heading=heading,
        sentence=sentence,
        address=stylesheet_address,
        style=Markup(style),
        link=link,
    )


def not_found_page(stylesheet_address: str = STYLESHEET) -> str:
    """Return the page for every link that does not open, whatever the reason."""
    return notice_page(
        "This link does not open a plan.",
        "It may have expired, been taken back, or been cut short when it was copied. "
        "Ask the person who sent it for a new one.",
        stylesheet_address,
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("reports"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(snapshot: Snapshot, *, until: str = "", address: str = "", style: str = "") -> str:
    if snapshot.content.get("version") != CONTENT_VERSION:
        return notice_page(
            "This snapshot cannot be shown by this version of Fulcrum.",
            "Another version froze it. Ask the person who sent it to freeze the plan again.",
            address,
            style,
        )
    return (
        _templates()
        .get_template("share.html.j2")
        .render(
            **_frozen(snapshot, until),
            **_shown(snapshot.content),
            address=address,
            style=Markup(style),
            policy=FILE_POLICY if style else "",
        )
    )


def _frozen(snapshot: Snapshot, until: str) -> dict[str, Any]:
    """Return what the page says about the snapshot itself."""
    is_named = snapshot.title != f"Snapshot {snapshot.number}"
    return {
        "number": snapshot.number,
        "title": snapshot.title if is_named else "",
        "frozen_at": time_words(snapshot.created_at),
        "frozen_by": snapshot.created_by,
        "until": until,
        "content_hash": snapshot.content_hash,
    }


def _shown(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the template shows of the content: a whitelist, never the content itself."""
    plan, run = content["plan"], content["board_run"]
    summary = run["summary"]
    return {
        "plan_name": plan["name"],
        "headline": share_headline(content),
        "numbers": plan_numbers(plan, summary),
        "goals_heading": goals_heading([row for _, row in joined(content)]),
        "goals": goal_rows(content),
        "own_goals": own_goals(content["goals"]),
        "pictures": [each for each in (fan(content), cash(content)) if each],
        "together": together(summary),
        "gain": gain(plan, summary),
        "linear": linear_explained(summary, plan["currency"]),
        "strategic_share": f"{content['strategic_share']:.0%}",
        "goal_titles": [goal["title"] for goal in simulated(content["goals"])],
        "scenarios": scenario_rows(content),
        "groups": tactic_groups(content),
        "front": assumption_rows(content, is_front=True),
        "others": assumption_rows(content, is_front=False),
        "baseline_source": plan["baseline_source"],
        "draws": f"{run['draws']:,}",
        "seed": run["seed"],
        "model_version": run["model_version"],
        "later_on": content.get("later_on", []),  # older snapshots know of nothing later
        "rules_off": content.get("rules_off", []),  # older snapshots know of no switches
        "older_model": _older_model(run["model_version"]),
    }


def _older_model(version: str) -> str:
    """Return one line for a snapshot of another model than the present one, else nothing."""
    if not is_older_model(version):
        return ""
    return f"It was computed by an older model ({version}); today’s ({MODEL_VERSION}) may differ."
