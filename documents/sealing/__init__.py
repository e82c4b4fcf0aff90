"""用印与验证: the seals of an organ and who used them, the signature under a paper, and whether a copy is true."""
