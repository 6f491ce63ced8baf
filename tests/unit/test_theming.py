"""The theme that is put together once is the one that Streamlit would put together each time."""

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from theming import write_theme_once

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.dark.sidebar")


def test_every_section_of_the_theme_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    config.get_config_options()  # reads the project's own settings
    write = app_session._populate_theme_msg
    asked: list[str] = []

    def noted(message: CustomThemeConfig, section: str = "theme") -> None:
        asked.append(section)
        write(message, section)

    monkeypatch.setattr(app_session, "_populate_theme_msg", noted)
    write_theme_once()
    for section in SECTIONS * 2:
        expected, found = CustomThemeConfig(), CustomThemeConfig()
        write(expected, section)
        app_session._populate_theme_msg(found, section)
        assert found == expected
        assert found.ByteSize() > 0 or "sidebar" in section
    assert asked == list(SECTIONS)


def test_a_section_without_settings_stays_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    write_theme_once()
    message = CustomThemeConfig()
    app_session._populate_theme_msg(message.sidebar, "theme.sidebar")
    assert not message.HasField("sidebar")
