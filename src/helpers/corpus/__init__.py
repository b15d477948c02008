"""All articles together: their tables, days, copies and events."""
