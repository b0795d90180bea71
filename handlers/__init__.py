"""Every Telegram-facing module: reads updates, calls one service, renders, replies."""
