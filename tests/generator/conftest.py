"""Arithmetic on one thread: side by side, tests that spin on two threads each take many times as long."""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import torch  # noqa: E402  (its threads are counted when it is first imported)

torch.set_num_threads(1)
