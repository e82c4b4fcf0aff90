"""审批路线 as data: edited, versioned, tried, said in words."""
