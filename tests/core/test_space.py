import pytest

from app.core.history import space_in_bytes, total_space


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1.5 KB", 1536),
        ("1,5 KB", 1536),
        ("2 MB", 2 * 1024**2),
        ("1.20 GB", 1.2 * 1024**3),
        ("3 TB", 3 * 1024**4),
    ]
    + [("17", 17), ("0", 0), ("512 b", 512)]
    + [(None, 0), ("", 0), ("much", 0), ("1 XB", 0), ("-5 MB", 0), ("1e9 GB", 0)],
)
def test_an_amount_is_read_as_the_script_writes_it(text, count):
    assert space_in_bytes(text) == count


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        ([], "0 B"),
        (["100", None], "100 B"),
        (["512 MB", "512 MB"], "1.00 GB"),
        (["900 TB"], "900.00 TB"),
        (["5000 TB"], "5000.00 TB"),
    ],
)
def test_amounts_add_up_in_the_unit_that_fits(texts, total):
    assert total_space(texts) == total
