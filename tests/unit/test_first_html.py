"""The first HTML of each page names the product's stylesheet, and Streamlit answers the rest."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from streamlit import file_util
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

import first_html
from first_html import first_html_routes, style_is_linked, with_link
from pages.frame.style import STYLE
from routes import PAGES
from tests.share_samples import Browser

LINK = re.compile(r'<body><link rel="stylesheet" href="(/style/fulcrum-[0-9a-f]{16}\.css)">')


@pytest.fixture
def client() -> Browser:
    """An application with our routes before Streamlit's own, as `app.py` has them."""
    own = create_streamlit_static_handler(file_util.get_static_dir(), None)
    return Browser(Starlette(routes=[*first_html_routes(PAGES), Mount("/", own)]))


@pytest.fixture
def own() -> Browser:
    """Streamlit without us."""
    own = create_streamlit_static_handler(file_util.get_static_dir(), None)
    return Browser(Starlette(routes=[Mount("/", own)]))


@pytest.mark.parametrize("page", ["", *PAGES])
def test_every_page_begins_with_streamlits_html_and_our_stylesheet(
    page: str, client: Browser, own: Browser
) -> None:
    answer, before = client.get(f"/{page}"), own.get(f"/{page}")
    link = LINK.search(answer.text)
    assert link, "Streamlit's HTML has no plain <body> any more: find another place for the link."
    assert answer.text.replace(link[0], "<body>") == before.text
    for name in ("content-type", "cache-control"):
        assert answer.headers[name] == before.headers[name]
    style = client.get(link[1])
    assert style.text == STYLE
    assert style.headers["content-type"].startswith("text/css")
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_head_has_the_headers_alone_and_other_methods_stay_streamlits(
    client: Browser, own: Browser
) -> None:
    got, head = client.get("/mix"), client.request("HEAD", "/mix")
    assert head.status_code == 200  # the server leaves out the content
    assert head.headers == got.headers
    for path in ("/", "/mix"):
        assert client.request("POST", path).status_code == own.request("POST", path).status_code


def test_what_is_no_page_is_left_to_streamlit(client: Browser, own: Browser) -> None:
    for path in ("/mix/", "/static/js/none.js", "/favicon.png", "/somewhere"):
        answer, before = client.get(path), own.get(path)
        assert answer.status_code == before.status_code
        assert answer.content == before.content


def test_html_and_style_are_compressed_for_those_who_take_that(client: Browser) -> None:
    address = LINK.search(client.get("/").text)
    assert address
    for path in ("/", address[1]):
        plain, zipped = client.get(path, "identity"), client.get(path)
        assert "content-encoding" not in plain.headers
        assert zipped.headers["content-encoding"] == "gzip"
        assert zipped.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert zipped.text == plain.text
        assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 2


def test_a_browser_that_has_the_html_is_told_to_keep_it(client: Browser) -> None:
    tag = client.get("/").headers["etag"]
    for said, status in ((tag, 304), (f"W/{tag}", 304), ('"other"', 200)):
        answer = client.request("GET", "/", headers={"If-None-Match": said})
        assert answer.status_code == status
        assert answer.headers["etag"] == tag
        assert answer.headers["cache-control"] == "no-cache"


def test_a_stylesheet_of_another_version_is_not_found_and_that_is_not_kept(
    client: Browser,
) -> None:
    answer = client.get("/style/fulcrum-0000000000000000.css")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_html_without_a_plain_body_is_left_as_it_is() -> None:
    assert with_link("<html><BODY class='app'></BODY></html>", "/style/a.css") is None


def _styled_page() -> None:
    from first_html import style_is_linked
    from pages.frame.style import apply_style

    apply_style(style_is_linked())


def test_where_the_html_cannot_name_the_rules_the_pages_send_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = AppTest.from_function(_styled_page).run()
    assert style_is_linked()
    assert not drawn.get("html")
    monkeypatch.setattr(first_html, "_html", lambda: None)
    assert [route.path for route in first_html_routes(PAGES)] == ["/style/{file}"]
    assert STYLE in drawn.run().get("html")[0].proto.body
