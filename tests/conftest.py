"""The same random texts in every run: who runs the tests learns about the program, not about luck. HYPOTHESIS_PROFILE=wide draws anew."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True)
settings.register_profile("wide", max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
