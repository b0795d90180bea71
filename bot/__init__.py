"""nhắc việc: keeps a provincial department on time with its yearly plan."""
