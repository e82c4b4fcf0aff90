"""任务台账: what it is narrowed to, which columns it shows, its rows on a page and in a file."""
