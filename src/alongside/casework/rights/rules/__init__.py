"""What is decided about rights without looking anything up."""
