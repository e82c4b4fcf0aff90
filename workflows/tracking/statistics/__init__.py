"""统计汇总: 附件2 of all units as a page, a workbook and a command."""
