"""一案双罚: what an article fines, which decisions make it, which facts suggest a crime. Pure."""
