"""Where a number comes from, as Streamlit's markdown with a link that can be followed."""

from pages.frame.text import plain, plain_part
from reports.source_links import linked_source


def source_markdown(source: str) -> str:
    """Return a source for Streamlit's markdown, with its link."""
    before, linked, after, address = linked_source(source)
    if not address:
        return plain(source)
    # What ends an address in markdown is written as a browser writes it.
    target = address.replace("(", "%28").replace(")", "%29")
    return f"{plain_part(before)}[{plain(linked)}](<{target}>){plain_part(after)}"
