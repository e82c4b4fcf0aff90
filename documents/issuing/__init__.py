"""The life of a document: drafted, approved, signed, checked, numbered, sealed, issued, archived."""
