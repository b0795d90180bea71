"""Units by their names: registered, abbreviated, misspelt."""
