"""补充通知: drafted beside the item in force, approved like the plan, issued as a 通知; open tasks take it."""
