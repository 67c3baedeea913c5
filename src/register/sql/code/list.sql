SELECT code, label FROM code WHERE list = $1 ORDER BY code
