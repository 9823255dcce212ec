"""What is decided about sharing without looking anything up."""
