"""Files as people have them: read in a jail, written as other programs expect."""
