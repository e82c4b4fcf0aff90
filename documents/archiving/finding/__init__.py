"""Finding documents by what stands in them: Chinese has no blanks, so every two neighbours are a word."""
