"""公开文本: what of a case leaves the office, masked by rule and reviewed by somebody else."""
