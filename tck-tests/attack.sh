#!/usr/bin/env bash
# Attacks the installation from outside, on both transports, and prints a line for each group: raw HTTP/1.1, HTTP/2 frame by frame, floods, TLS,
# spellings of protected paths and churn of WebSocket, HTTP/2, events and upgrades. A line FAULT for each case that
# went wrong; exit status 0 only if there was none.
#   tck-tests/attack.sh [--seed N] [--churn SECONDS] [--transport nio|io_uring]
# The seed of what is random; the time of the churn, 60 by default; one transport instead of both.
set -euo pipefail
cd "$(dirname "$0")/.."
arguments=(-Dsluice.attack.whole=true)
tests='*AttackTest'
while [ $# -gt 0 ]; do
  case $1 in
    --seed) arguments+=("-Dsluice.seed=${2:?--seed needs a number}"); shift 2 ;;
    --churn) arguments+=("-Dsluice.churn.seconds=${2:?--churn needs seconds}"); shift 2 ;;
    --transport)
      case ${2:-} in
        nio) tests=NioAttackTest ;;
        io_uring) tests=UringAttackTest ;;
        *) echo "attack.sh: --transport ${2:-} (expected: nio or io_uring)" >&2; exit 2 ;;
      esac
      shift 2 ;;
    *) echo "attack.sh: $1 (expected: --seed N, --churn SECONDS or --transport NAME)" >&2; exit 2 ;;
  esac
done
exec mvn -B -q -pl tck-tests -am verify -Dtest=NoneOfThese -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dit.test=$tests" -Dfailsafe.failIfNoSpecifiedTests=false "${arguments[@]}"
