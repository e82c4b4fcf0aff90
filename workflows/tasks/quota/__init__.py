"""案例推荐指标: what each unit owes of typical cases, and whether it is met."""
