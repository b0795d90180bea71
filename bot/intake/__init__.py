"""Bytes of a document in, rows of text out."""
