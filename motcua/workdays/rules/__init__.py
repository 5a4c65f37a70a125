"""Pure rules of working time: limits, calendars, the legal clock. Moments are naive local time,
Asia/Ho_Chi_Minh.
"""
