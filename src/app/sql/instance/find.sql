SELECT install_uuid FROM instance WHERE id = 1
