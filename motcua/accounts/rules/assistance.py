"""How long a helper may work for somebody who is present."""

from datetime import timedelta

# A visit that nobody ended is over after this long: whoever left cannot agree to anything more.
VISIT = timedelta(hours=4)
