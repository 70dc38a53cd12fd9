"""The door from a shell: what commands print, as rows with stable keys, as tables, as files."""
