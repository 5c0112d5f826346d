# Vigie as an ordinary user, in a folder that is mounted at /work:
#   docker build -t vigie .
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" vigie check zone.xlsx
FROM python:3.12-slim AS build
COPY . /src
RUN python -m venv /opt/vigie && /opt/vigie/bin/pip install --no-cache-dir /src

FROM python:3.12-slim
COPY --from=build /opt/vigie /opt/vigie
ENV PATH="/opt/vigie/bin:$PATH" XDG_CACHE_HOME=/var/cache/vigie
RUN useradd --uid 1000 --create-home vigie && install -d -o vigie -g vigie /work "$XDG_CACHE_HOME"
USER 1000
# Compiled here, not at the first solve of each container; whoever `--user` names may add to it.
RUN python -c "from scheduler.engine.warm import compile_all; compile_all()" && chmod -R a+rwX "$XDG_CACHE_HOME"
WORKDIR /work
VOLUME /work
ENTRYPOINT ["vigie"]
CMD ["--help"]
