#!/bin/sh
# The entry point of the image: `api`, `worker`, `health` (for the health check), or a command of the
# command line, such as `run describe -f table.csv`.
set -eu
command=${1:-help}
case $command in
api)
  shift
  exec node /app/dist/main.js "$@"
  ;;
worker)
  # With options, such as --drain, it is the command of the command line.
  if [ $# -gt 1 ]; then exec node /app/dist/cli.js "$@"; fi
  exec node /app/dist/worker.js
  ;;
health) exec node /app/docker/health.mjs ;;
*) exec node /app/dist/cli.js "$@" ;;
esac
