"""The smallest Streamlit page that answers: what the framework itself takes."""

import streamlit as st

st.text(f"the number is {st.number_input('number', value=0)}")
