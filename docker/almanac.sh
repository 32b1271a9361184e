#!/bin/sh
# The entry point of the image: `api`, `worker`, `health` (for the health check), or a command of the
# command line, such as `run describe -f table.csv`.
set -eu
command=${1:-help}
# Only what serves listens, and in a container on all addresses: its port is published by whoever runs it.
case $command in api | worker) export HOST="${HOST:-0.0.0.0}" WORKER_HOST="${WORKER_HOST:-0.0.0.0}" ;; esac
case $command in
api)
  shift
  exec node /app/dist/main.js "$@"
  ;;
worker)
  # With options, such as --drain, it is the command of the command line.
  if [ $# -gt 1 ]; then exec node /app/dist/bin/almanac.js "$@"; fi
  exec node /app/dist/worker.js
  ;;
health) exec node /app/docker/health.mjs ;;
*) exec node /app/dist/bin/almanac.js "$@" ;;
esac
