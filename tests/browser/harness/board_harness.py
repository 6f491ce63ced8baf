"""Show the board with sample data, and print the last trigger; served by `board_app.py`.

The address chooses a variant: `?slow=1` answers late, `?still=1` never answers, `?hostile=1` puts
HTML into names, `?many=8` adds so many goals with 16 tactics each, `?plan=b` names another plan,
`?empty=1` takes all tactics away, `?preview=1` names an address of previews, which the tests
answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import cast

import streamlit as st

from components.board import (
    Bar,
    BoardData,
    Card,
    GoalSquares,
    Lane,
    Strip,
    TriggerName,
    board,
    parse_add,
    parse_archive,
    parse_goal,
    parse_move,
    parse_open,
    trigger,
)

KEY = "board"
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> & <b>bold</b>"


def card(
    ident: str,
    title: str,
    facts: str,
    effect: tuple[str, float] | None = None,
    *,
    when: str | None = None,
    gate: str | None = None,
    dimmed: bool = False,
) -> Card:
    """Return a card; an effect is its text and its share."""
    made: Card = {
        "id": ident,
        "title": title,
        "owner": "Dana Whitfield",
        "facts": facts,
        "when": when,
        "gate": gate,
        "dimmed": dimmed,
    }
    if effect is not None:
        made["effect"] = {"text": effect[0], "share": effect[1]}
    return made


def bar(places: tuple[float, float, float, float, float], words: tuple[str, str, str, str]) -> Bar:
    """Return a bar from (today, low, middle, high, target) and its four texts."""
    today, low, middle, high, target = places
    today_text, range_text, range_note, target_text = words
    return {
        "today": today,
        "low": low,
        "middle": middle,
        "high": high,
        "target": target,
        "today_text": today_text,
        "range_text": range_text,
        "range_note": range_note,
        "target_text": target_text,
        "sentence": f"{today_text}, middle {range_text} {range_note}, {target_text}",
    }


def goal(ident: str, title: str, who: tuple[str, str], cards: list[Card], **more: object) -> Lane:
    """Return a goal lane; `more` are further fields of a lane."""
    made = {
        "id": f"goal:{ident}",
        "kind": "goal",
        "title": title,
        "owner": who[0],
        "initials": who[1],
        "cards": cards,
        "empty": "No tactics yet. Drag one here, or add one.",
    }
    return cast(Lane, made | more)


def lanes() -> list[Lane]:
    """Return four goals with twelve tactics, four unaligned and two ideas."""
    return [
        goal(
            "bookings",
            "Grow new bookings",
            ("Dana Whitfield, CRO", "DW"),
            [
                card("plans", "Account plans, top 60 accounts", "$58k · 70 days", ("+$39k", 0.43)),
                card("route", "Route leads by fit", "$40k · 45 days", ("+$90k", 1.0)),
                card("renewal", "Renewal-to-expansion handoff", "$17k · 35 days", ("+$45k", 0.5)),
            ],
            subtitle="Bookings per quarter, by 31 Dec 2027",
            short="bookings",
            chance="52%",
            verdict="Coin toss",
            tone="toss",
            bar=bar(
                (0.0, 0.178, 0.53, 0.909, 0.522),
                ("today $4.5M", "$5.1M", "(4.7 to 5.5)", "target $5.1M"),
            ),
            note="Own tactics +$174k · other goals +$442k",
        ),
        goal(
            "win",
            "Win more of the deals we work",
            ("Marcus Oyelaran, VP Sales", "MO"),
            [
                card("coach", "Weekly deal coaching", "$71k · 60 days", ("+0.5 pt", 1.0)),
                card("exit", "Exit criteria for each stage", "$14k · 30 days", ("+0.3 pt", 0.7)),
                card("mutual", "Mutual plans with the buyer", "$31k · 40 days", ("+0.4 pt", 0.8)),
            ],
            subtitle="Win rate, by 31 Dec 2027",
            chance="28%",
            was="22%",
            change_words="up from 22%",
            verdict="Unlikely",
            tone="unlikely",
            bar=bar(
                (0.0, 0.384, 0.63, 0.909, 0.75),
                ("today 22.0%", "25.0%", "(23.8 to 26.2)", "target 25.5%"),
            ),
            note="Own tactics +1.3 pt · other goals +1.7 pt",
        ),
        goal(
            "hours",
            "Give buyers more of the week",
            ("Priya Raman, Sales Ops", "PR"),
            [
                card("log", "Auto-log calls and email to CRM", "$144k · 55 days", ("+1.7 h", 1.0)),
                card(
                    "forecast",
                    "One live forecast view",
                    "$55k · 40 days",
                    ("+1.2 h", 0.7),
                    gate="Requirements 3 of 4",
                ),
                card("links", "Scheduling links for buyers", "$21k · 15 days", ("+0.7 h", 0.4)),
                card("slots", "Two meeting slots a week", "$5k · 10 days", ("+0.3 h", 0.2)),
            ],
            subtitle="Buyer and account hours, by 30 Sep 2027",
            chance="88%",
            verdict="Likely",
            tone="likely",
            bar=bar(
                (0.0, 0.58, 0.76, 0.909, 0.594),
                ("today 11.0 h", "16.1 h", "(14.9 to 17.2)", "target 15.0 h"),
            ),
            note="Own tactics +3.9 h · other goals +1.2 h",
        ),
        goal(
            "quotes",
            "Quote while the buyer is keen",
            ("Tomas Lindqvist, RevOps", "TL"),
            [
                card(
                    "guided",
                    "Guided quoting with price rules",
                    "$202k · 80 days",
                    ("−1.2 d", 1.0),
                    gate="Requirements 2 of 4",
                ),
                card(
                    "limits", "Approval limits by discount band", "$14k · 30 days", ("−0.9 d", 0.8)
                ),
            ],
            subtitle="Quote turnaround, median, by 30 Sep 2027",
            chance="74%",
            verdict="Likely",
            tone="likely",
            bar=bar(
                (0.0, 0.68, 0.8, 0.909, 0.735),
                ("today 3.2 d", "1.0 d", "(0.7 to 1.3)", "target 1.2 d"),
            ),
            note="All of it from its own tactics, −2.2 d",
        ),
        {
            "id": "unaligned",
            "kind": "unaligned",
            "title": "Not under a goal",
            "subtitle": "Unaligned spend",
            "big": "$272k",
            "big_note": "a year, 29% of plan cost",
            "text": "4 tactics, 130 person-days. None of it moves a goal. "
            "Drag a card under the goal it serves, or park it.",
            "cards": [
                card("mail", "AI email sequencer", "$118k · 45 days", gate="Requirements 0 of 4"),
                card(
                    "bi",
                    "Second BI tool for managers",
                    "$73k · 40 days",
                    when="from Mar 2027",
                    gate="Requirements 1 of 4",
                ),
                card(
                    "contest",
                    "Sales contest platform",
                    "$50k · 25 days",
                    gate="Requirements 0 of 4",
                ),
                card("map", "Territory map refresh", "$32k · 20 days"),
            ],
            "empty": "Every tactic serves a goal.",
        },
        {
            "id": "ideas",
            "kind": "ideas",
            "title": "Ideas",
            "subtitle": "Parked: not in the plan",
            "cards": [
                card("video", "Video proposals", "$9k · 12 days", dimmed=True),
                card("bot", "Chat bot for pricing questions", "$64k · 50 days"),
            ],
            "empty": "Nothing parked.",
            "collapsed": True,
        },
    ]


def strip(pct: int, further: list[GoalSquares] | None = None) -> Strip:
    """Return the beam, with further goals on it, and the four facts."""
    return {
        "beam": {
            "unaligned": 13,
            "running": 46,
            "goals": [
                {"label": "bookings", "squares": 15},
                {"label": "win rate", "squares": 13},
                {"label": "hours", "squares": 12},
                {"label": "quotes", "squares": 11},
                *(further or []),
            ],
            "tactical_pct": 100 - pct,
            "strategic_pct": pct,
            "sentence": f"Balance of the team's year: tactical {100 - pct}, strategic {pct}.",
        },
        "facts": [
            {
                "label": "To tip the balance",
                "value": "40",
                "unit": "person-days",
                "note": "Four squares must cross. One square is 10 person-days.",
            },
            {
                "label": "At least three goals hit",
                "value": "49%",
                "note": "All four together: 16%. Goals share causes, so do not multiply.",
            },
            {
                "label": "Plan cost, year 1",
                "value": "$1.0M",
                "note": "80% range $0.9M to $1.1M, people’s time included",
            },
            {
                "label": "Net benefit, 24 months",
                "value": "$1.4M",
                "note": "80% range $0.5M to $2.5M, against carrying on as today",
            },
        ],
    }


def further_goal(number: int) -> Lane:
    """Return one more goal, with more tactics than a screen is high."""
    cards = [
        card(f"t{number}-{n}", f"Tactic {n} of goal {number}", "$9k · 12 days") for n in range(16)
    ]
    more = {"chance": "over 99%", "verdict": "Likely", "tone": "likely"}
    return goal(f"g{number}", f"Goal {number} of the plan", ("Ann", "A"), cards, **more)


def sample() -> BoardData:
    """Return the board to start from, as the address asks."""
    made = lanes()
    asked = st.query_params
    if "hostile" in asked:
        made[0]["title"] = HOSTILE
        made[0]["cards"][0]["title"] = HOSTILE
    if "many" in asked:
        made[4:4] = [further_goal(number) for number in range(5, 5 + int(asked["many"]))]
    if "empty" in asked:
        for lane in made:
            lane["cards"] = []
    goals: list[GoalSquares] = [{"label": each["title"], "squares": 5} for each in made[4:-2]]
    data: BoardData = {
        "revision": 1,
        "plan": asked.get("plan", "a"),
        "strip": strip(46, goals),
        "lanes": made,
        "announce": None,
    }
    if "preview" in asked:
        data["preview"] = "/preview/harness"
    return data


def state() -> BoardData:
    """Return this browser session's board."""
    if "data" not in st.session_state:
        st.session_state.data = sample()
        st.session_state.seen = None
    data: BoardData = st.session_state.data
    return data


def move() -> None:
    """Carry out a move as the server would."""
    asked = parse_move(trigger(KEY, "move"))
    note("move")
    if asked is None or "still" in st.query_params:
        return
    data = state()
    found = [(lane, card) for lane in data["lanes"] for card in lane["cards"]]
    source, moved = next(pair for pair in found if pair[1]["id"] == asked.tactic)
    source["cards"].remove(moved)
    target = next(lane for lane in data["lanes"] if lane["id"] == asked.lane)
    ids = [other["id"] for other in target["cards"]]
    at = ids.index(asked.before) if asked.before in ids else len(ids)
    target["cards"].insert(at, moved)
    data["revision"] += 1
    data["strip"] = strip(46 + data["revision"])
    data["announce"] = {"id": data["revision"], "text": f"Saved: {moved['title']}."}


def archive() -> None:
    """Take a tactic off the board."""
    asked = parse_archive(trigger(KEY, "archive"))
    note("archive")
    data = state()
    for lane in data["lanes"]:
        lane["cards"] = [c for c in lane["cards"] if asked is None or c["id"] != asked.tactic]
    data["revision"] += 1


def note(name: TriggerName) -> None:
    """Keep the last trigger for printing."""
    st.session_state.seen = {"name": name, "value": trigger(KEY, name)}


def noted(name: TriggerName, parse: Callable[[object], object]) -> Callable[[], None]:
    """Return a callback that checks and keeps a trigger."""

    def callback() -> None:
        parse(trigger(KEY, name))
        note(name)

    return callback


def other_change() -> None:
    """Change the board as another person would."""
    data = state()
    data["revision"] += 1
    data["lanes"][0]["title"] = "Grow new bookings, renamed"


st.set_page_config(layout="wide", page_title="Board harness")
st.html(
    "<style>.stMainBlockContainer{padding-inline:48px;max-width:1640px}"
    "@media(max-width:640px){.stMainBlockContainer{padding-inline:16px}}</style>"
)
st.title("Two of four goals are likely. Bookings is a coin toss.")
if "slow" in st.query_params:
    time.sleep(1.5 if "data" in st.session_state else 0)
board(
    state(),
    key=KEY,
    on_move=move,
    on_open=noted("open", parse_open),
    on_goal=noted("goal", parse_goal),
    on_add=noted("add", parse_add),
    on_paste=noted("paste", parse_add),
    on_archive=archive,
)
st.button("Change by someone else", on_click=other_change)
st.text(f"revision {state()['revision']}")
st.text(json.dumps(st.session_state.seen))
st.json(st.session_state.seen or {})
