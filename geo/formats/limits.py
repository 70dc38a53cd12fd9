"""How much a file may cost, in one place; every number is in the manual."""

WALL_S = 25  # one file, so that the whole answer stays under 30 s
CPU_S = 25
MEMORY_BYTES = 1 << 30  # resident in the reading process, libraries included
FILE_BYTES = 200 << 20  # largest file the reading process may write
OPEN_FILES = 256

UPLOAD_BYTES = 50 << 20  # all parts of one upload together
UPLOAD_PARTS = 10
NAME_LENGTH = 255
PERSON_FILES = 10  # held for one person at a time, in all pages together
PERSON_BYTES = 200 << 20
IMPORTS = 10  # begun by one person within a minute

ZIP_BYTES = 200 << 20
ZIP_MEMBERS = 1000
ZIP_RATIO = 100
ZIP_RATIO_FROM = 10 << 20  # smaller members may be as empty as they like

FIELDS = 256
DEPTH = 16
LINE_BYTES = 1 << 20
ENTITIES = 1_000_000
SAMPLE_ROWS = 3
