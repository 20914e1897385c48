"""The page of the rules, as the server renders it."""

import json
import re
from html import unescape

from tests.poster.rule_files import rule, write_rules
from tests.ui.test_hostile_data import HOSTILE, assert_text_only


def page_of(client, query="", **options):
    answer = client.get(f"/server/settings/rules{query}", **options)
    assert answer.status_code == 200
    return answer.text


def kept_rules(page):
    found = re.findall(r'<input type="hidden" name="rule" value="([^"]*)">', page.partition("<template")[0])
    return [json.loads(unescape(each)) for each in found]


def test_without_rules_it_says_what_one_is_good_for_with_an_example(client):
    page = page_of(client, headers={"Accept-Language": "de"})
    assert "Noch keine Regel" in page and "Mit diesem Beispiel beginnen" in page
    assert kept_rules(page) == [] and 'aria-current="page"' in page.partition("<main")[0]


def test_rules_are_listed_in_their_order_with_what_they_set(client, machine):
    films = rule("Films", {"library": "Movies"}, title_size=80)
    rules = [films, rule("Dark", {"show": "Dark"}, skip=["poster"])]
    write_rules(machine.paths.data, *rules)
    page = page_of(client)
    assert kept_rules(page) == rules
    assert "<span>Library Movies</span><span>title_size 80</span>" in page
    assert '<div id="none" class="empty" hidden>' in page


def test_what_rules_hold_is_text_and_nothing_else(client, machine):
    write_rules(machine.paths.data, rule(HOSTILE, {"title": HOSTILE}, region=HOSTILE))
    page = page_of(client)
    assert_text_only(page)
    assert kept_rules(page)[0]["name"] == HOSTILE and "rules[0].set.region" in page


def test_a_link_begins_a_rule_for_a_title(client):
    begun = re.search(r"data-begun='([^']*)'", page_of(client, "?title=L%27%C3%A9t%C3%A9%20(1999)&library="))
    assert json.loads(unescape(begun[1]))["when"] == {"title": "L'été (1999)"}
    assert "data-begun" not in page_of(client)


def test_a_file_that_is_no_json_is_told_and_the_page_stays(client, machine):
    machine.paths.rules.write_text("{")
    assert "rules.json" in page_of(client).partition("<main")[2]
