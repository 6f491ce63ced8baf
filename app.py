"""The whole application: `streamlit run app.py` serves pages, share links and guards."""

import gc
import logging
import sys
import uuid
from importlib import import_module

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

import session
from answers import keep_answers
from batching import send_in_batches
from clicks import finish_callbacks
from first_html import first_html_routes
from guards import SecurityHeaders, SocketGuard
from here import here_routes
from leaving import leave_pages_for_good
from looks import look_routes
from modules import module_routes
from previews import preview_routes
from routes import PAGES, page_routes, share_routes
from sending import send_at_once
from settings import settings
from strategy.errors import PlanError
from theming import write_theme_once
from waking import gather_messages

log = logging.getLogger("fulcrum")


def _sorry(error: Exception) -> bool:
    """Log an unexpected error under a number and show only that number."""
    number = uuid.uuid4().hex[:8]
    log.error("unexpected error %s", number, exc_info=error)
    st.error(
        f"Something unexpected went wrong (number {number} in the server's log). "
        "What you saved before is safe. Reload the page and try again.",
        icon=":material/error:",
    )
    return True


try:
    session.prepare()
except (PlanError, ValueError) as error:
    sys.exit(f"Fulcrum cannot start: {error}")

# A folder named `pages` beside the script would make the very first visit of a process run
# Streamlit's old automatic pages, where an address such as /simulate does not exist.
PagesManager.uses_pages_directory = False

if warning := session.warning():
    log.warning(warning)

# A run gives Python's lock away whenever it calculates, and has to wait for it afterwards: so long
# that in a room of people the cores stood idle, unless whoever has it must soon let go.
sys.setswitchinterval(0.001)
send_at_once()
send_in_batches()
gather_messages()
keep_answers()
finish_callbacks()
leave_pages_for_good()
write_theme_once()
app = st.App(
    "dashboard.py",
    routes=[
        *share_routes(session.store),
        *preview_routes(session.store, settings().draws),
        *look_routes(session.store, settings().draws),
        *here_routes(session.store),
        *module_routes(),
        *first_html_routes(PAGES),
        *page_routes(),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(SocketGuard)],
    on_script_error=_sorry,
)

# What the pages import is loaded now, not while the first person waits. What the imports made
# need not be walked again whenever Python collects garbage.
for page in (
    "plan.page",
    "simulate.scenario",
    "compare.scenarios",
    "assumptions.register",
    "drivers.page",
    "thesis.page",
    "trust.page",
    "mix.page",
    "reach.page",
    "share.links",
    "history.page",
):
    import_module(f"pages.{page}")
gc.collect()
gc.freeze()
