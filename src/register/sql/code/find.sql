SELECT label FROM code WHERE list = $1 AND code = $2
