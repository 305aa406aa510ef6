# Debian slim: the wheels that Parley needs are not built for Alpine.
FROM python:3.13-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/parley parley
COPY --from=packages /venv /venv
WORKDIR /app
COPY manage.py pyproject.toml LICENSE ./
COPY config config
COPY bargaining bargaining
COPY simulations simulations
COPY negotiations negotiations
COPY classrooms classrooms
COPY debriefs debriefs
COPY templates templates
COPY static static
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PARLEY_DATA=/tmp/parley STATIC_ROOT=/app/collected
# The secret of this one step is thrown away: collecting files signs nothing.
RUN SECRET_KEY="$(head -c 48 /dev/urandom | base64 -w0)" python manage.py collectstatic --noinput -v 0 \
    && rm -rf /tmp/parley && python -m compileall -q -j 0 /app
USER parley
EXPOSE 8000
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000"]
