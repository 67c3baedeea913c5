UPDATE data_key SET wrapped = $3 WHERE id = $1 AND wrapped = $2
