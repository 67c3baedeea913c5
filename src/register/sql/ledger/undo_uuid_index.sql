ROLLBACK TO uuid_index
