# Two stages: the lock is installed with its hashes, then only the result is kept.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md ./
RUN python -m venv /opt/nhacviec \
 && /opt/nhacviec/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY handlers handlers
COPY storage storage
COPY locales locales
RUN /opt/nhacviec/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home nhacviec && install -d -o nhacviec -g nhacviec /data
COPY --from=build /opt/nhacviec /opt/nhacviec
ENV PATH=/opt/nhacviec/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PTB_TIMEDELTA=1 \
    DATABASE_URL=sqlite:////data/nhacviec.db
USER nhacviec
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["nhacviec", "health"]
CMD ["nhacviec", "run"]
