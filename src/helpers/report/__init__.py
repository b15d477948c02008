"""From report.yml to pages."""
