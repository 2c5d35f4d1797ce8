"""Files of sheets: a workbook, CSV, JSON Lines, and the ZIP that holds them with photos."""
