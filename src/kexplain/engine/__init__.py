"""What is done with files: linter, annotator, explainer, and the report. Silent: no printing, no disk."""
