"""What the rows of the running application share: servers and a browser, started when needed."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.plans import WebPlans, keep_plans
from bench.servers import our_server, streamlit_server
from bench.workbench import Sizes


@dataclass
class Web:
    """Servers that start at first use and stop with the block that opened this.

    Attributes
    ----------
    sizes : how much work a row does
    folder : a temporary folder, with the database of the plans in `plans`
    """

    sizes: Sizes
    folder: Path
    stack: ExitStack

    @property
    def database(self) -> Path:
        """Return the path of the application's database."""
        return self.folder / "fulcrum.db"

    @cached_property
    def plans(self) -> WebPlans:
        """Keep the plans that the rows work on."""
        return keep_plans(self.database, self.sizes)

    @cached_property
    def app(self) -> str:
        """Start the application; return its address."""
        assert self.plans
        return self.stack.enter_context(our_server(self.database, self.sizes.web_draws))

    @cached_property
    def empty(self) -> str:
        """Start the empty page; return its address."""
        return self.stack.enter_context(streamlit_server("empty.py", self.folder))

    @cached_property
    def one_chart(self) -> str:
        """Start the page with one chart; return its address."""
        return self.stack.enter_context(streamlit_server("one_chart.py", self.folder))


@contextmanager
def web(sizes: Sizes) -> Iterator[Web]:
    """Give a place for servers; stop them and remove their files afterwards."""
    with tempfile.TemporaryDirectory(prefix="fulcrum-bench-web-") as folder, ExitStack() as stack:
        yield Web(sizes, Path(folder), stack)
