# The command as an image:
#
#   docker build -t kexplain . && docker run --rm -v "$PWD:/work:ro" kexplain lint
#
# With --build-arg EXTRAS='[cluster]' it can read a live cluster as well, and is 130 MB larger. It holds neither git
# (--diff-base) nor helm and kustomize (--render): put them into an image of your own that begins with this one.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY api api
COPY glossary glossary
COPY rules rules
COPY src src
COPY tools tools
ARG EXTRAS=
RUN python -m venv --without-pip /opt/kexplain
# --only-binary: libraries as wheels, so that neither this image nor the finished one needs a compiler.
RUN python -m pip --python /opt/kexplain/bin/python install --no-cache-dir --only-binary=:all: ".$EXTRAS"

FROM python:3.13-slim
LABEL org.opencontainers.image.title="kexplain" \
      org.opencontainers.image.description="The Kubernetes manifest linter that explains terminology" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/kexplain /opt/kexplain
ENV PATH=/opt/kexplain/bin:$PATH
# A number, so that Kubernetes can tell that it is not root.
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["kexplain"]
CMD ["--help"]
