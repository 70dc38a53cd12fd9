"""Meetings as values that every writer draws alike: screen, PowerPoint, PDF, Word, HTML, GIF."""
