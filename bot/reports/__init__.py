"""Values become files: tables as spreadsheets. Knows no language and no database."""
