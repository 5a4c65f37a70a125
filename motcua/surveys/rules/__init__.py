"""Pure rules of ratings and surveys: no Django, no clock."""
