"""The theme as browsers get it: put together once, not again whenever a page is drawn."""

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def write_theme_once() -> None:
    """Copy what Streamlit made of a section of the theme; a change needs a new start."""
    write = app_session._populate_theme_msg

    @cache
    def written(section: str) -> CustomThemeConfig:
        found = CustomThemeConfig()
        write(found, section)
        return found

    def write_copy(message: CustomThemeConfig, section: str = "theme") -> None:
        found = written(section)
        if found.ListFields():
            message.MergeFrom(found)

    app_session._populate_theme_msg = write_copy  # type: ignore[assignment]
