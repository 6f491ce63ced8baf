"""Every number with its range and source; calibration from a CRM export."""
