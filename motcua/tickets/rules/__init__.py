"""Rules of the queue: whose turn it is, what may follow on what, how long it will take, when numbers are given out."""
