"""Whole runs with loopback services: what each gets, and that a run never fails by a message."""

import io
import json

from PIL import Image

from tests.doubles.loopback import breaking, serving
from tests.doubles.message_services import DiscordWebhook, PushMonitor
from tests.poster.pipeline.media import add_film, add_show, made, run_over
from tests.poster.program import read_log, read_outcome, run_script, write_config

RADARR = ("-ArrTrigger", "-arr_platform", "Radarr", "-arr_movie_title", "Alien", "-arr_movie_year", "1979")


def configure(data, discord: str = "", kuma: str = "", **common: str) -> None:
    """Messages to the addresses that are given; `common` are keys of PrerequisitePart."""
    notification = {
        **{"SendNotification": "true" if discord else "false", "Discord": discord, "AppriseUrl": ""},
        **{"UseUptimeKuma": "true" if kuma else "false", "UptimeKumaUrl": kuma},
    }
    write_config(data, PlexPart={"UsePlex": "false"}, Notification=notification, PrerequisitePart=common)


def facts(embed: dict) -> dict[str, str]:
    return {fact["name"]: fact["value"] for fact in embed["fields"]}


def test_a_full_run_sends_one_summary_and_one_push(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    add_film(media, "Alien (1979)", "#802020")
    add_film(media, "Heat (1995)")
    with serving(DiscordWebhook()) as discord, serving(PushMonitor()) as kuma:
        configure(data, discord.webhook, kuma.push)
        run_over(data, media)
    (embed,) = discord.embeds
    assert embed["title"] == "Normal run: 2 images" and facts(embed)["Posters"] == "2"
    assert [push["status"] for push in kuma.pushed] == ["up"] and int(kuma.pushed[0]["ping"]) > 0
    outcome = read_outcome(data, "normal.json")
    assert (outcome["Notification Sent"], outcome["Uptime Kuma"]) == ("true", "true")
    assert outcome["Message Problems"] == []


def test_a_triggered_run_shows_each_picture_and_one_that_makes_nothing_is_silent(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    add_film(media, "Alien (1979)", "#802020")
    with serving(DiscordWebhook()) as discord, serving(PushMonitor()) as kuma:
        configure(data, discord.webhook, kuma.push, FileTestOnTrigger="true")
        run_over(data, media, *RADARR)
        run_over(data, media, *RADARR)
    ((payload, files),) = discord.posts
    (embed,) = payload["embeds"]
    assert (embed["title"], facts(embed)["Library"], facts(embed)["Type"]) == ("Alien", "Movies", "Movie")
    assert Image.open(io.BytesIO(files["picture0.jpg"])).size == (500, 750)
    assert len(kuma.pushed) == 2
    assert read_outcome(data, "arr.json")["Notification Sent"] == "false"


def test_a_failed_message_is_said_in_log_and_report_and_the_run_completes(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    add_film(media, "Alien (1979)", "#802020")
    with serving(DiscordWebhook(*[breaking] * 5)) as discord, serving(PushMonitor()) as kuma:
        configure(data, discord.webhook, f"{kuma.url}/api/push/gone-monitor")
        ended = run_over(data, media)
    assert (ended.returncode, made(data)) == (0, ["Movies/Alien (1979)/poster.jpg"])
    problems = read_outcome(data, "normal.json")["Message Problems"]
    assert [problem.partition(":")[0] for problem in problems] == ["Discord", "Uptime Kuma"]
    log = read_log(data, "Scriptlog.log")
    assert log.count("The message about this run could not be sent.") == 2
    for secret in ("webhook-token-of-the-test", "gone-monitor"):
        assert secret not in log + json.dumps(problems) + ended.stdout + ended.stderr


def test_a_run_that_cannot_work_raises_the_alarm(tmp_path):
    data = tmp_path / "data"
    with serving(DiscordWebhook()) as discord, serving(PushMonitor()) as kuma:
        configure(data, discord.webhook, kuma.push)
        assert run_script(data).returncode == 3
    assert [push["status"] for push in kuma.pushed] == ["down"]
    (embed,) = discord.embeds
    assert (embed["title"], embed["color"]) == ("Normal run failed", 16711680)
    assert "MEDIA_PATH" in embed["description"]


def test_errors_of_single_pictures_are_named_while_the_monitor_stays_up(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    add_show(media, "Dark (2017)", {"S01E01": "Secrets"})
    with serving(DiscordWebhook()) as discord, serving(PushMonitor()) as kuma:
        configure(data, discord.webhook, kuma.push, BackgroundPosters="true")
        run_over(data, media, GENERATE_MISSING="off")
    (embed,) = discord.embeds
    assert embed["color"] == 16711680 and "no usable picture was found" in embed["description"]
    assert kuma.pushed[0]["status"] == "up" and "errors" in kuma.pushed[0]["msg"]


def test_the_untouched_example_ends_no_run_and_is_said(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    add_film(media, "Alien (1979)", "#802020")
    configure(
        data,
        "https://discordapp.com/api/webhooks/{WebhookID}/{WebhookToken}",
        "https://uptime-kuma.domain.com/api/push/qXpb7Mf1vW",
    )
    assert run_over(data, media).returncode == 0
    problems = read_outcome(data, "normal.json")["Message Problems"]
    assert ["SendNotification" in problems[0], "UptimeKumaUrl" in problems[1]] == [True, True]
    assert "no message is sent; set one of them" in read_log(data, "Scriptlog.log")


def test_nothing_is_sent_where_it_is_not_switched_on_and_nothing_about_a_plan(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    add_film(media, "Alien (1979)", "#802020")
    with serving(DiscordWebhook()) as discord, serving(PushMonitor()) as kuma:
        configure(data, discord.webhook, kuma.push)
        run_over(data, media, "-Plan")
        off = {"SendNotification": "false", "Discord": discord.webhook, "UptimeKumaUrl": kuma.push}
        write_config(data, PlexPart={"UsePlex": "false"}, Notification=off)
        run_over(data, media)
    assert (discord.asked, kuma.asked) == ([], [])


def test_test_messages_go_to_all_addresses_and_the_answer_is_json(tmp_path):
    with serving(DiscordWebhook()) as discord, serving(PushMonitor()) as kuma:
        configure(tmp_path, discord.webhook, f"{kuma.url}/api/push/gone-monitor")
        answer = run_script(tmp_path, "-NotifyTest")
        tried = run_script(tmp_path, "-NotifyTest", MESSAGE_SETTINGS=json.dumps({"UptimeKumaUrl": kuma.push}))
    results = json.loads(answer.stdout)["results"]
    assert [(one["receiver"], one["sent"]) for one in results] == [("Discord", True), ("Uptime Kuma", False)]
    assert answer.returncode == 1 and "gone-monitor" not in answer.stdout
    assert json.loads(tried.stdout)["results"] == [
        {"receiver": "Uptime Kuma", "sent": True, "detail": "sent"}
    ]
    assert (len(discord.posts), len(kuma.pushed), tried.returncode) == (1, 1, 0)


def test_a_test_without_an_address_or_with_nonsense_says_what_to_set(tmp_path):
    nothing = json.loads(run_script(tmp_path, "-NotifyTest").stdout)["results"]
    assert [one["sent"] for one in nothing] == [False] and "set one in the settings" in nothing[0]["detail"]
    nonsense = run_script(tmp_path, "-NotifyTest", MESSAGE_SETTINGS="[")
    assert nonsense.returncode == 3 and "MESSAGE_SETTINGS" in nonsense.stderr
