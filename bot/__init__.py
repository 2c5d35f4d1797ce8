"""The roof: what a person starts. It wires, it decides nothing about ideas."""

import os

# python-telegram-bot gives time spans as timedelta only when asked to, and warns until it is.
os.environ.setdefault("PTB_TIMEDELTA", "true")
