"""Arithmetic on one thread: side by side, tests that spin on two threads each take many times as long."""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import torch

torch.set_num_threads(1)
