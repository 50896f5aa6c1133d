"""Where text comes from: paths, globs, .gitignore, git, standard input. It never looks into a text."""
