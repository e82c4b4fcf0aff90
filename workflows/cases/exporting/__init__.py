"""案件台账 as a workbook: the rows that the list shows, without anybody's name."""
