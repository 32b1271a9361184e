#!/usr/bin/env bash
# check-refusals.sh HELM: mistakes in the values of the chart are refused, each with a sentence that names the value.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
helm=$1
failed=0
refused() { # part of the sentence, flavour, options of helm...
  local expected=$1 flavour=$2 output
  shift 2
  if output=$("$helm" template almanac charts/almanac -f "charts/almanac/values-$flavour.yaml" "$@" 2>&1); then
    echo "taken, not refused: $flavour $*"
    failed=1
  elif [[ $output != *"$expected"* ]]; then
    printf 'refused without "%s": %s %s\n%s\n' "$expected" "$flavour" "$*" "$output"
    failed=1
  fi
}

refused 'prod needs keys' prod --set auth.existingSecret=
refused 'auth.allowAnonymous is for tests' prod --set auth.allowAnonymous=true
refused 'anyone could change the data' test --set auth.allowAnonymous=false
refused 'not both' prod --set 'auth.apiKeys={long-enough-for-a-key}'
refused 'redis.external.existingSecret' test --set redis.enabled=false
refused 'needs api.ingress.host' test --set api.ingress.enabled=true
refused 'api.autoscaling.min' test --set api.autoscaling.enabled=true,api.autoscaling.min=9,api.autoscaling.max=2
refused 'worker.autoscaling.min' test --set worker.autoscaling.mode=cpu,worker.autoscaling.min=9,worker.autoscaling.max=2
# What the schema refuses: a key too short, a misspelled value, and one of a wrong type.
refused '/auth/apiKeys/0' test --set 'auth.apiKeys={short}'
refused 'replcias' test --set api.replcias=3
refused 'replicas' test --set api.replicas=three
exit $failed
