"""How it is drawn: styles, legends, map elements, tiles. No Streamlit, no store, no files read."""
