"""script/bench --pdf: what a page costs, beside LibreOffice, Chromium and Typst."""
