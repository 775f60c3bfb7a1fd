#!/usr/bin/env bash
# fork.sh [JMH options]: measures the copying of templates, beside other libraries. Needs a built benchmarks module:
#   mvn -q -DskipTests -pl benchmarks -am package
# Examples: fork.sh ForkBenchmark -p graph=mixed100     fork.sh EngineBenchmark -prof gc     fork.sh probes     fork.sh stress -m quick -sc false
set -eu
here=$(cd "$(dirname "$0")" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
path="$here/target/classes:$(cat "$here/target/class-path")"
if [ "${1:-}" = probes ]; then
  exec "$java" -cp "$path" dev.sluice.benchmarks.fork.Probes
fi
if [ "${1:-}" = stress ]; then
  shift
  cd "$here/target"
  exec "$java" -cp "$path" org.openjdk.jcstress.Main -t ForkStress -r "$here/target/jcstress" "$@"
fi
exec "$java" -cp "$path" org.openjdk.jmh.Main "$@"
