from app.core.statement import Statement, public_part


def test_details_are_no_part_of_what_everybody_may_read():
    text = Statement("The folder cannot be read", "/srv/x: denied")
    assert text == "The folder cannot be read: /srv/x: denied"
    assert public_part(text) == "The folder cannot be read."


def test_a_plain_text_is_public_as_a_whole_whatever_marks_it_holds():
    assert public_part("Time 04:30: nothing is due.") == "Time 04:30: nothing is due."
    assert public_part(Statement("Nothing is due.")) == "Nothing is due."
