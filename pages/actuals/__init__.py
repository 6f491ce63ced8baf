"""What happened each month, over the forecast that was made before."""
