"""From scores to a checkpoint: corpora, dataset, the loop, evaluation."""
