"""Writing a document: text in, advice while typing, the pages beside it, the editor."""
