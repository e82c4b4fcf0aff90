"""归档: 件 and their 档号, catalogues, packages that others can verify, and finding."""
