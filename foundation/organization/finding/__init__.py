"""Finding rows by what stands in their texts: Chinese has no blanks, so every two neighbours are a word."""
