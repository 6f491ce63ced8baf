"""A component's script and style are fetched once, from an address that follows the content."""

import json

import pytest
import streamlit as st
from starlette.applications import Starlette

from components.script import LOADER, SCRIPT, component
from modules import module_routes
from tests.share_samples import Browser

SCRIPT_OF_OURS = 'export default () => "drawn";'


@pytest.fixture
def client() -> Browser:
    return Browser(Starlette(routes=module_routes()))


def address_in(monkeypatch: pytest.MonkeyPatch, js: str, css: str = "") -> str:
    """Return the address in what Streamlit would send of a component."""
    sent: list[str] = []
    monkeypatch.setattr(st.components.v2, "component", lambda name, *, js: sent.append(js))
    component("some_name", js=js, css=css)
    before, after = LOADER.split('"ADDRESS"')
    assert sent[0].startswith(before)
    assert sent[0].endswith(after)
    address: str = json.loads(sent[0].removeprefix(before).removesuffix(after))
    return address


def test_what_is_sent_with_each_drawing_is_an_address_that_answers_with_script_and_style(
    monkeypatch: pytest.MonkeyPatch, client: Browser
) -> None:
    style = '.card::after { content: "\\201C</script>"; }'
    address = address_in(monkeypatch, SCRIPT_OF_OURS, style)
    assert address.startswith(f"{SCRIPT}some_name-")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    script, rest = answer.text.split("export const componentStyle = ")
    assert script.strip() == SCRIPT_OF_OURS
    assert json.loads(rest.strip().removesuffix(";")) == style


def test_another_script_or_style_has_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [("a", ""), ("b", ""), ("a", "p {}"), ("a", "")]
    addresses = [address_in(monkeypatch, js, css) for js, css in made]
    assert len(set(addresses)) == 3
    assert addresses[0] == addresses[3]


def test_a_script_is_compressed_for_those_who_take_that(
    monkeypatch: pytest.MonkeyPatch, client: Browser
) -> None:
    address = address_in(monkeypatch, SCRIPT_OF_OURS * 100)
    plain, zipped = client.get(address, "identity"), client.get(address)
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.text == plain.text
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 5


def test_a_script_of_another_version_is_not_found_and_that_is_not_kept(client: Browser) -> None:
    answer = client.get(f"{SCRIPT}fulcrum_board-0000000000000000.js")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
