"""A plan out of tables or numbered paragraphs."""
