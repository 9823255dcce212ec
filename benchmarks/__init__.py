"""What Alongside reaches, measured: accuracy on data we did not make, a whole borough, and linkage speed."""
