import gzip
import threading

from app.core.choices.spool import spooled

TEXT = [b"a" * 70_000, b"", "\u00e4\u4e2d".encode() * 50_000, b"end"]


def test_what_was_written_is_read_packed_and_plain(tmp_path):
    spool = spooled(tmp_path, TEXT)
    assert b"".join(spool.plain()) == gzip.decompress(b"".join(spool.packed())) == b"".join(TEXT)
    assert spool.length == len(b"".join(TEXT))
    assert spool.packed_length == len(b"".join(spool.packed()))


def test_a_spool_leaves_no_file_behind(tmp_path):
    spool = spooled(tmp_path, TEXT)
    assert list(tmp_path.iterdir()) == []
    assert spool.length


def test_nothing_at_all_can_be_spooled(tmp_path):
    assert b"".join(spooled(tmp_path, []).plain()) == b""


def test_many_threads_read_at_once(tmp_path):
    spool = spooled(tmp_path, TEXT)
    found = []
    threads = [threading.Thread(target=lambda: found.append(b"".join(spool.plain()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"".join(TEXT)] * 4
