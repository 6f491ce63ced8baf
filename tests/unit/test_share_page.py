"""The frozen page shows what was frozen, as text, and nothing else."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from components.numbers import typed_cost
from reports.share_page import not_found_page, report_file, share_page
from reports.stylesheet import bundled_fonts, stylesheet
from simulation import MODEL_VERSION
from tests.share_samples import HOSTILE, Shared, shared_example, with_hostile_text

VOID = {"meta", "link", "br", "img", "hr", "input"}
ALLOWED_ADDRESSES = {"data:,", "/share-assets/share.css"}


class Reader(HTMLParser):
    """Read a page; fail on tags that do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return shared_example(tmp_path_factory.mktemp("share") / "fulcrum.db")


def page_of(shared: Shared, **content: Any) -> str:
    snapshot = replace(shared.snapshot, content={**shared.snapshot.content, **content})
    return share_page(snapshot, shared.link)


def test_the_page_says_what_was_frozen_by_whom_and_until_when(shared: Shared) -> None:
    words = read(page_of(shared)).words
    assert "Snapshot 1 , frozen 1 Jan 2026, 00:00 UTC by Priya Raman." in words
    assert "Nothing on this page changes after that. Open until 31 Jan 2026." in words
    assert "For the board" in words
    assert shared.snapshot.content_hash in words
    assert f"seed {shared.plan.seed}, 200 futures" in words


def test_a_snapshot_of_an_older_model_says_so_in_one_line(shared: Shared) -> None:
    assert "older model" not in read(page_of(shared)).words
    run = shared.snapshot.content["board_run"] | {"model_version": "0.9.0+s1"}
    said = f"It was computed by an older model (0.9.0+s1); today’s ({MODEL_VERSION}) may differ."
    assert said in read(page_of(shared, board_run=run)).words


def test_net_benefit_stands_beside_what_a_linear_calculator_would_promise(
    shared: Shared,
) -> None:
    page = page_of(shared)
    assert read(page).words.count("A linear calculator would promise $") >= 2
    assert "less the cost as typed." in read(page).words
    assert page.count(">linear calculator<") == 2  # a wide and a narrow picture
    run = shared.snapshot.content["board_run"]
    before = {name: value for name, value in run["summary"].items() if name != "linear"}
    assert "inear" not in page_of(shared, board_run=run | {"summary": before})


def test_what_the_plan_says_about_later_on_is_said_and_older_pages_do_without(
    shared: Shared,
) -> None:
    words = "Season of the win rate: Dec strongest at 210%, Jan weakest at 90%"
    assert f"Counted in: {words}; Budget &lt;b&gt;." in page_of(
        shared, later_on=[words, "Budget <b>"]
    )
    content = {name: each for name, each in shared.snapshot.content.items() if name != "later_on"}
    older = replace(shared, snapshot=replace(shared.snapshot, content=content))
    assert "Counted in" not in page_of(older)


def test_every_part_of_the_story_is_there(shared: Shared) -> None:
    words = read(page_of(shared)).words
    content = shared.snapshot.content
    for text in (
        "Spend $",
        "Net benefit, 36 months",
        "Cash is back to zero",
        f"Not under a goal: {typed_cost(content['unaligned']['money'])} in year 1",
        "No owner, from ",
        "What has to be true",
        "All other assumptions",
        "Freed hours are never also counted as saved salary.",
        *(goal["title"] for goal in content["goals"]),
        *(tactic["title"] for tactic in content["tactics"]),
        *(scenario["name"] for scenario in content["scenarios"]),
        *(row["source"] for row in content["assumptions"]),
    ):
        assert text in words


def test_chances_carry_a_word_and_an_icon_not_colour_alone(shared: Shared) -> None:
    page = page_of(shared)
    chips = re.findall(r'<span class="chip \w+">(.*?)</span>', page)
    assert chips
    assert all(re.fullmatch(r"<svg .*</svg>[A-Z][a-z ]+", chip) for chip in chips)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_stays_text(shared: Shared, text: str) -> None:
    page = share_page(with_hostile_text(shared.snapshot, text), shared.link)
    reader = read(page)
    assert " ".join(text.split()) in reader.words
    assert_inert(reader)


def assert_inert(reader: Reader) -> None:
    assert not reader.tags & {"script", "iframe", "img", "form", "input", "object", "embed", "a"}
    for tag, name, value in reader.attributes:
        assert not name.startswith("on") and name != "style"
        if name in ("href", "src", "action", "xlink:href"):
            assert (tag, value) in {("link", address) for address in ALLOWED_ADDRESSES}
    assert not [
        name for _, name, _ in reader.attributes if not re.fullmatch(r"[a-zA-Z:-]+\d?", name)
    ]


def test_the_page_runs_nothing_and_fetches_nothing_from_elsewhere(shared: Shared) -> None:
    page = page_of(shared)
    assert_inert(read(page))
    assert set(re.findall(r'https?://[^"<\s]+', page)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in stylesheet() and "http" not in stylesheet()


def test_a_template_is_never_made_from_what_people_type(shared: Shared) -> None:
    page = share_page(with_hostile_text(shared.snapshot, "{{ 7 * 7 }}"), shared.link)
    assert "{{ 7 * 7 }}" in page


@pytest.mark.parametrize("version", [None, 0, 2, "1", "9.1"])
def test_a_snapshot_of_another_version_is_refused_in_words(shared: Shared, version: Any) -> None:
    page = page_of(shared, version=version)
    assert "cannot be shown by this version" in read(page).words
    assert shared.plan.name not in page


def test_an_empty_plan_can_be_shown(shared: Shared) -> None:
    content = shared.snapshot.content
    summary = {**content["board_run"]["summary"], "goals": [], "joint": [1.0]}
    page = page_of(
        shared,
        goals=[],
        tactics=[],
        scenarios=[],
        board_run={**content["board_run"], "summary": summary},
    )
    words = read(page).words
    assert "No goals" in words and "The plan had no goals when it was frozen." in words
    assert "Not under a goal" not in words


def with_finance(shared: Shared, payback: dict[str, float | None]) -> str:
    run = shared.snapshot.content["board_run"]
    finance = {**run["summary"]["finance"], "payback": payback}
    summary = {**run["summary"], "finance": finance}
    return read(page_of(shared, board_run={**run, "summary": summary})).words


def test_a_payback_that_never_comes_is_said_in_words(shared: Shared) -> None:
    never = with_finance(shared, {"p10": None, "p50": None, "p90": None})
    assert "Not by Dec 2029" in never and "Cash is not back to zero by Dec 2029" in never
    late = with_finance(shared, {"p10": 20.0, "p50": 30.0, "p90": None})
    assert "80% range Aug 2028 to later than Dec 2029" in late
    early = with_finance(shared, {"p10": 33.0, "p50": None, "p90": None})
    assert "1 in 10 futures by Sep 2029" in early


def test_the_ideas_lane_stays_out_even_if_it_was_frozen(shared: Shared) -> None:
    tactics = [*shared.snapshot.content["tactics"]]
    tactics.append({**tactics[0], "lane": "ideas", "title": "A parked idea"})
    assert "A parked idea" not in page_of(shared, tactics=tactics)


def test_the_same_page_can_be_kept_as_one_file(shared: Shared) -> None:
    page = report_file(shared.snapshot)
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert '<link rel="stylesheet"' not in page and "Open until" not in page
    assert "@font-face" not in page and "--tealText" in page
    assert shared.plan.name in read(page).words


def test_the_refusal_page_names_no_plan_and_no_reason() -> None:
    words = read(not_found_page()).words
    assert "This link does not open a plan." in words


def test_fonts_are_found_by_pattern_and_left_out_where_absent(tmp_path: Path) -> None:
    assert bundled_fonts(tmp_path, "/static/media") == {}
    (tmp_path / "SourceSansVF-Upright.ttf.AbC.woff2").touch()
    fonts = bundled_fonts(tmp_path, "/static/media")
    assert fonts == {"sans": "/static/media/SourceSansVF-Upright.ttf.AbC.woff2"}
    assert stylesheet(fonts).count("@font-face") == 1
    assert "@font-face" not in stylesheet()
    assert "system-ui" in stylesheet()
