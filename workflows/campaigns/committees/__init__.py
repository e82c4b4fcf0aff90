"""指导委员会: a body of one campaign with a last day. Its members read how every unit stands until that day, by dated posts."""
