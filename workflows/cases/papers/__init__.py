"""The papers of a case, made from its rows: what each says, what is missing for it, how it is made."""
