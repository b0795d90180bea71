"""What people type for yes and no in settings."""

YES = frozenset({"yes", "y", "true", "on", "1", "có", "co", "bật", "bat", "đúng"})
NO = frozenset({"no", "n", "false", "off", "0", "không", "khong", "ko", "tắt", "tat", "sai"})
