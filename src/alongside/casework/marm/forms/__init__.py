"""What is asked about concerns and cases. They validate and never save."""
