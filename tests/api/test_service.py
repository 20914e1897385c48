def test_the_service_tells_that_it_runs(client):
    assert client.get("/api").json == {"message": "Posterizarr Web UI API", "status": "running"}


def test_a_caller_without_a_key_is_refused(anonymous):
    answer = anonymous.get("/api")
    assert answer.status_code == 401
    assert answer.json["detail"]


def test_an_unknown_path_is_404_as_json(client):
    answer = client.get("/api/nowhere")
    assert answer.status_code == 404
    assert answer.is_json


def test_a_wrong_method_is_405_with_what_is_allowed(client):
    answer = client.post("/api")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_the_address_with_a_slash_behind_it_tells_the_same(client, anonymous):
    assert client.get("/api/").json == client.get("/api").json
    assert anonymous.get("/api/").status_code == 401
