"""附件2 over a campaign: drafted from activity records, held against other reports, added up over all units."""
