"""Who leads, who cooperates and what is due inside the office, out of prose."""
