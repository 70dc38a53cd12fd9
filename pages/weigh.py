"""Passwords are weighed two at a time, apart from other work: each takes 64 MiB and a moment."""

from collections.abc import Callable

from anyio import CapacityLimiter, to_thread

_SCALES = CapacityLimiter(2)


async def weighed(work: Callable[..., str], *given: object) -> str:
    """What `work` answers, in its turn; whoever waits for it holds no thread."""
    return await to_thread.run_sync(work, *given, limiter=_SCALES)
