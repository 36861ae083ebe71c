"""What each citation means, over all plans: an overlay on what the plans say of themselves, made anew at any time."""
