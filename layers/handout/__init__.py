"""Paper and pictures of a meeting: PDF handout, Word brief, GIF of the time slider, atlas.

`pdf`, `docx` and `gif` give the bytes of a file, the same each run; `leaves` and `bound` make an
atlas of a scene.
"""

from layers.handout.atlas import bound, leaves
from layers.handout.office import docx
from layers.handout.play import gif
from layers.handout.press import pdf
from layers.handout.values import How, Paper

__all__ = ["How", "Paper", "bound", "docx", "gif", "leaves", "pdf"]
