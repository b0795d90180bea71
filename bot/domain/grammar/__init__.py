"""Deadlines out of Vietnamese phrases: an engine that knows no language, and its words as data."""
