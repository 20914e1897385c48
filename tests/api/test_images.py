import os

import pytest

from app.http.proxies import OFFLOAD

PNG = b"\x89PNG" + bytes(range(200))


@pytest.fixture
def samples(machine):
    return machine.paths.test_images


def make_sample(folder, name="poster.png", content=PNG):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_sample_image_is_sent(client, samples):
    make_sample(samples, "Movies/Ünder Water #1.png")
    answer = client.get("/test/Movies/%C3%9Cnder%20Water%20%231.png", buffered=True)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PNG, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_an_image_that_is_known_is_not_sent_again(client, samples):
    make_sample(samples)
    tag = client.get("/test/poster.png", buffered=True).headers["ETag"]
    answer = client.get("/test/poster.png", buffered=True, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_part_of_an_image_can_be_asked_for(client, samples):
    make_sample(samples)
    answer = client.get("/test/poster.png", buffered=True, headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.data) == (206, bytes(range(4)))


def test_a_caller_without_credentials_gets_no_image(anonymous, samples):
    make_sample(samples)
    assert anonymous.get("/test/poster.png").status_code == 401


@pytest.mark.parametrize("name", ["nowhere.png", "", "Movies", "script.html", ".poster.png"])
def test_what_is_no_image_is_not_found(client, samples, name):
    make_sample(samples, "Movies/poster.png")
    make_sample(samples, "script.html", b"<script>")
    make_sample(samples, ".poster.png")
    answer = client.get(f"/test/{name}")
    assert answer.status_code == 404
    assert answer.json["detail"]


@pytest.mark.parametrize("name", ["..%2Fconfig.json", "%2e%2e/%2e%2e/etc/passwd", "..%2F..%2Fsecret.png"])
def test_a_name_that_leads_out_of_the_folder_is_refused(client, samples, name):
    make_sample(samples.parent.parent, "secret.png")
    assert client.get(f"/test/{name}").status_code in (403, 404)


def test_a_link_that_leads_out_of_the_folder_is_refused(client, samples, tmp_path):
    outside = make_sample(tmp_path, "outside.png")
    (samples / "link.png").symlink_to(outside)
    assert client.get("/test/link.png").status_code == 403


def test_only_a_trusted_proxy_may_offer_to_send_images_itself(client, samples):
    make_sample(samples)
    answer = client.get("/test/poster.png", buffered=True, headers={"X-Accel-Images": "/internal"})
    assert answer.data == PNG
    assert "X-Accel-Redirect" not in answer.headers


def test_a_link_that_leads_to_a_name_that_is_no_text_is_not_found(client, samples):
    real = samples / os.fsdecode(b"real\xff.png")
    make_sample(samples).rename(real)
    (samples / "link.png").symlink_to(real)
    assert client.get("/test/link.png").status_code == 404
    assert client.get("/test/link.png", environ_overrides={OFFLOAD: "/internal"}).status_code == 404
