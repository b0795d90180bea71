"""A local Bot API server with a chat page, for the demo and the end-to-end tests."""
