"""Whether Redis answers."""

import redis


def problem(url: str, *, within: float = 1.0) -> str | None:
    """Why the Redis at `url` does not answer a ping within `within` seconds; None when it does."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=within, socket_timeout=within, retry=None) as client:
            client.ping()
    except (redis.RedisError, OSError) as error:
        return str(error)
    return None
