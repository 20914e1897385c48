# Wheels are built apart, so that no compiler and no source gets into the image.
FROM python:3.12-slim AS wheels
WORKDIR /source
COPY setup.py setup.cfg README.md LICENSE wsgi.py ./
COPY app ./app
COPY migrations ./migrations
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[apprise,cluster,postgresql]"

FROM python:3.12-slim
# libfribidi0: right-to-left text on posters; tini: an init that reaps what a script leaves behind.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libfribidi0 tini \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels "posterizarr-server[apprise,cluster,postgresql]"
COPY --chmod=755 deploy/entrypoint.sh deploy/healthcheck.py /usr/local/lib/posterizarr/

# A new named volume takes its owner from here, so that `--user 1000:1000` can write to it.
RUN mkdir /config /assets /assetsbackup /manualassets \
    && chown 1000:1000 /config /assets /assetsbackup /manualassets
ENV APP_DATA=/config DOCKER_ENV=true PYTHONUNBUFFERED=1
WORKDIR /config
VOLUME ["/config", "/assets", "/assetsbackup", "/manualassets"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "/usr/local/lib/posterizarr/healthcheck.py"]
# The entrypoint is root only to become PUID:PGID; the server runs as root only on request.
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/lib/posterizarr/entrypoint.sh"]
CMD ["posterizarr", "serve"]
