"""Filing online: from the procedure's page to the acknowledgement, one thing a page."""
