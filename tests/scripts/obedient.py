"""A fake poster script that keeps the contract; FAKE_SECONDS tells how long it takes."""

from datetime import datetime

from contract import finish, note_start, refuse_second_instance, rotate_logs, work

note_start()
started = datetime.now()
rotate_logs()
refuse_second_instance()
work()
finish(started)
