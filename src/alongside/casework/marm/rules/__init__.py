"""What the approach goes by: pure decisions, whose limits and words are the area pack's (``marm.yaml``)."""
