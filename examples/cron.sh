#!/bin/sh
# Sweeps from cron, without any workflow, with the bundle that the action itself runs. Needs Node.js 20 or newer.
#   */10 * * * * /opt/umbrella-reaper/examples/cron.sh acme/widgets https://git.example.org/api/v1 >umbrella-reaper.log 2>&1 || cat umbrella-reaper.log
# Cron mails whatever is printed: this prints the log only when the sweep fails. An open alarm fails every sweep until it is dealt with.
# It starts as a dry run. Once you agree with what it would do, set DRY_RUN=false in the crontab.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
repo=${1:?usage: cron.sh owner/name https://git.example.org/api/v1}
api=${2:?usage: cron.sh owner/name https://git.example.org/api/v1}

# One line, readable by this user only (chmod 600). Never on the command line: others can list the processes of a machine.
token_file=${TOKEN_FILE:-/etc/umbrella-reaper/token}
if ! [ -r "$token_file" ]; then
  echo "cron.sh: $token_file cannot be read: put the token into it, or set TOKEN_FILE" >&2
  exit 1
fi
# cron's PATH is short.
if ! command -v node >/dev/null; then
  echo "cron.sh: node is not in PATH ($PATH): set PATH in the crontab" >&2
  exit 1
fi

# Every input of action.yml is a variable: INPUT_ and its name, upper case; shells drop hyphens, so underscores are allowed.
INPUT_TOKEN=$(cat "$token_file")
INPUT_REPO=$repo
INPUT_API_URL=$api
INPUT_DRY_RUN=${DRY_RUN:-true}
INPUT_MIN_AGE=${MIN_AGE:-5m}
INPUT_REQUIRED_CONTEXTS=${REQUIRED_CONTEXTS:-}
export INPUT_TOKEN INPUT_REPO INPUT_API_URL INPUT_DRY_RUN INPUT_MIN_AGE INPUT_REQUIRED_CONTEXTS

# Exit code 1: a finding that fail-on names, bad input, or no access. For the JSON report add: --report FILE
exec node "$here/dist/index.js"
