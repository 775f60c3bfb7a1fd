#!/usr/bin/env bash
# How long other connections wait while requests spin: benchmarks/neighbours.sh [rounds]. Both transports; first runs and rare holds.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${JAVA_HOME:-}" ] || { echo "JAVA_HOME is not set (expected: the JDK to measure on)" >&2; exit 1; }
if [ ! -x deploy/target/sluice/bin/sluice ] || [ ! -f benchmarks/side-by-side/app/target/bench-app.war ]; then
  mvn -q -DskipTests package
fi
for transport in nio io_uring; do
  for kind in rare first; do
    echo "$transport, $kind:"
    "$JAVA_HOME/bin/java" -cp benchmarks/side-by-side/runner/target/classes dev.sluice.benchmarks.runner.Neighbours \
      deploy/target/sluice benchmarks/side-by-side/app/target/bench-app.war "$transport" "${1:-5}" "$kind"
  done
done
