"""机构: what concerns an organization, in which role, and why."""

import streamlit as st

st.text("待接口")
