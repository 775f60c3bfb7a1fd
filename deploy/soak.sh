#!/usr/bin/env bash
# Soaks the installation on both transports, one after the other: ordinary clients, a redeploy each 30 s, a burner, clients that leave, and an
# application that fills the heap each minute. Prints what was done and a table of what was before and after; exit status 0 only if no ordinary
# request failed (but while the heap was full) and everything is where it was.
#   deploy/soak.sh [--seconds N] [--transport nio|io_uring]     600 seconds for each of both by default
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=600
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=${2:?--seconds needs a number}; shift 2 ;;
    --transport) arguments+=("-Dsluice.soak.transport=${2:?--transport needs nio or io_uring}"); shift 2 ;;
    *) echo "soak.sh: $1 (expected: --seconds N or --transport NAME)" >&2; exit 2 ;;
  esac
done
exec mvn -B -q -pl deploy/distribution -am verify -Dtest=NoneOfThese -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=SoakIT -Dfailsafe.failIfNoSpecifiedTests=false "-Dsluice.soak.seconds=$seconds" "${arguments[@]}"
