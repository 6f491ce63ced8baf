"""Serve the harness with the scripts of its component: `streamlit run board_app.py`."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))

from modules import module_routes

app = st.App("board_harness.py", routes=module_routes())
