"""The running bot: one Telegram line, one intake, one tick."""
