"""The workbench in a browser: pages and an API over the verbs of ``workbench``."""
