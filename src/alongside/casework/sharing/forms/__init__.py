"""What is asked about sharing. Forms validate and never save."""
