"""Files of others in the watcher folder, and looks at it that do not wait for their time."""

from app.background.dispatcher import Dispatcher
from tests.triggers import consume

SHELL = """[arr_series_imdb]: tt5753856
[event]: Download
[arr_platform]: Sonarr
[arr_episode_numbers]: 3,4
[arr_series_title]: Dark
[arr_episode_season]: 1
[arr_series_tvdb]: 334824
"""


def survey(dispatcher, times=2):
    """Look at the folder so often, without waiting for it to be time."""
    for _ in range(times):
        dispatcher.consumer.survey_due = 0.0
        dispatcher.consumer.step()


def through(machine):
    dispatcher = Dispatcher(machine)
    survey(dispatcher)
    return consume(machine, dispatcher)
