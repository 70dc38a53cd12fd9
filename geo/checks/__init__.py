"""What is wrong with a table that somebody brought: told by row, with what to do.

Pure and at once: arrays of shapes in EPSG:4490 in, issues out; every metre comes from
`geo.measure`. `rows` gives the number of each row in the file, for people to find it again.
Two shapes overlap, and two points are two, from `TOLERANCE_M` upwards.
"""

TOLERANCE_M = 0.001
