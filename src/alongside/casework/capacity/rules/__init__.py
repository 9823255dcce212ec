"""What is decided about capacity and advocacy without looking anything up."""
