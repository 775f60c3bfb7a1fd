#!/usr/bin/env bash
# Runs and uses large WARs of others in the installation: JSPWiki (made for javax, converted), the console of ActiveMQ with JSTL of its own, and OpenAM
# (337 MB). Maven fetches them; each has a test in deploy/distribution with the tag "wars". Exit status 0 only if all did what their users expect.
#   deploy/wars.sh [jspwiki] [activemq] [openam]     all three by default; some minutes, and 3 GB of memory for the last
set -euo pipefail
cd "$(dirname "$0")/.."
tests=()
for war in "${@:-all}"; do
  case $war in
    jspwiki) tests+=(JspWikiIT) ;;
    activemq) tests+=(ActiveMqConsoleIT) ;;
    openam) tests+=(OpenAmIT) ;;
    all) tests+=(JspWikiIT ActiveMqConsoleIT OpenAmIT) ;;
    *) echo "wars.sh: $war (expected: jspwiki, activemq or openam)" >&2; exit 2 ;;
  esac
done
exec mvn -B -q -Pwars -pl deploy/distribution -am verify -Dtest=NoneOfThese -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dit.test=$(IFS=,; echo "${tests[*]}")" -Dfailsafe.failIfNoSpecifiedTests=false
