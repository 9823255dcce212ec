"""Pages of runs, releases, doubtful links and data questions."""
