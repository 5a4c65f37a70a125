"""What each form needs (`forms`), how values are read (`schema`) and worded (`words`). Pure Python."""
