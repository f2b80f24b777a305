"""The composer: from a mood and a length to a finished piece. It knows nothing of the web."""
