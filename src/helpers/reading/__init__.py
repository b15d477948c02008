"""From the bytes of a folder to documents, and every piece that was cut."""
