#!/bin/sh
# Sweeps from cron, without any workflow, on the bundle the action itself runs. Needs Node.js 20 or newer.
#   */10 * * * *  /opt/umbrella-reaper/examples/cron.sh acme/widgets https://git.example.org/api/v1
# It starts as a dry run; set DRY_RUN=false in the crontab when its log is what you expect.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
repo=${1:?usage: cron.sh owner/name https://git.example.org/api/v1}
api=${2:?usage: cron.sh owner/name https://git.example.org/api/v1}

# One line, readable by this user only (chmod 600). Never on the command line: others can list the processes of a machine.
token_file=${TOKEN_FILE:-/etc/umbrella-reaper/token}

# The JSON report goes here and is removed afterwards; copy it in the trap if you keep reports.
RUNNER_TEMP=$(mktemp -d)
trap 'rm -rf "$RUNNER_TEMP"' EXIT

# Every input of action.yml is a variable: INPUT_ and its name, upper case; shells drop hyphens, so underscores are allowed.
INPUT_TOKEN=$(cat "$token_file")
INPUT_REPO=$repo
INPUT_API_URL=$api
INPUT_DRY_RUN=${DRY_RUN:-true}
INPUT_MIN_AGE=${MIN_AGE:-5m}
INPUT_REQUIRED_CONTEXTS=${REQUIRED_CONTEXTS:-}
export RUNNER_TEMP INPUT_TOKEN INPUT_REPO INPUT_API_URL INPUT_DRY_RUN INPUT_MIN_AGE INPUT_REQUIRED_CONTEXTS

# Exit code 0: nothing to complain about; 1: bad input, no access, or what fail-on names.
node "$here/dist/index.js"
