"""Pure rules of agencies: identifier codes, permissions, roles, levels, dated settings, duties, grants."""
