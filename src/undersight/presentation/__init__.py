"""Records become words: views in one language that reports, the site and pages all show."""
