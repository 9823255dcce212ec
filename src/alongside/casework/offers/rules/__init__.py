"""What is decided about offers without looking anything up."""
