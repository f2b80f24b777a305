"""The two steps of a generation, each a job of its own queue. Only ids cross the queues."""
