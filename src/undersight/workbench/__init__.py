"""The use cases: the one place where rooms meet, called by the commands and by the pages."""
