"""From a plan to a melody: sampling, choosing among candidates, originality."""
