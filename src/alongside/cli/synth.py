"""alongside synth."""
