"""Our app without gc.freeze: what Streamlit's collection after every rerun costs."""

import gc
import sys
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))
gc.freeze = lambda: None

import app as product  # noqa: E402  after the line above

app = product.app
