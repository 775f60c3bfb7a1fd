#!/usr/bin/env bash
# Side-by-side runs: benchmarks/run.sh [--rounds N] [--seconds N] [--warm-up N] [--servers a,b] [row ...]
# Rows: hello hello256 handler fixed static1k static1m json echo blocking blocking1000 events http2 loaded overload startup memory syscalls (default: all).
# The row syscalls counts those of hello, static1k, static1m and echo.
# Writes benchmarks/target/report/report.md and report.svg.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v wrk >/dev/null || { echo "wrk is missing: install Debian's package wrk (apt-get install wrk)" >&2; exit 1; }
command -v h2load >/dev/null || { echo "h2load is missing: install Debian's package nghttp2-client" >&2; exit 1; }
command -v strace >/dev/null || echo "strace is missing (Debian's package strace): system calls are not counted" >&2
[ -n "${JAVA_HOME:-}" ] || { echo "JAVA_HOME is not set (expected: the JDK to measure on)" >&2; exit 1; }
if [ ! -x deploy/target/sluice/bin/sluice ] || [ ! -d benchmarks/side-by-side/tomcat/target/lib ]; then
  mvn -q -DskipTests package
fi
exec "$JAVA_HOME/bin/java" -cp benchmarks/side-by-side/runner/target/classes dev.sluice.benchmarks.runner.SideBySide "$@"
