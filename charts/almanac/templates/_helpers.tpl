{{/* First part of all names. */}}
{{- define "almanac.name" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* What a selector compares; (list root component). */}}
{{- define "almanac.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: almanac
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* All labels of one thing; (list root component). */}}
{{- define "almanac.labels" -}}
{{- $root := index . 0 -}}
{{ include "almanac.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ $root.Chart.Name }}-{{ $root.Chart.Version }}
env: {{ $root.Values.environment }}
{{- with $root.Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "almanac.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "almanac.backupImage" -}}
{{ .Values.backup.image.repository }}:{{ .Values.backup.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "almanac.keysSecret" -}}
{{ .Values.auth.existingSecret | default (printf "%s-keys" (include "almanac.name" .)) }}
{{- end -}}

{{/* Pods restart when what they read at the start has changed. */}}
{{- define "almanac.checksums" -}}
checksum/config: {{ include (print .Template.BasePath "/configmap.yaml") . | sha256sum }}
checksum/keys: {{ include (print .Template.BasePath "/secret.yaml") . | sha256sum }}
{{- end -}}

{{- define "almanac.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "almanac.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Where the settings come from. */}}
{{- define "almanac.envFrom" -}}
- configMapRef:
    name: {{ include "almanac.name" . }}
{{- if or .Values.auth.existingSecret .Values.auth.apiKeys }}
- secretRef:
    name: {{ include "almanac.keysSecret" . }}
{{- end }}
{{- if not .Values.redis.enabled }}
- secretRef:
    name: {{ .Values.redis.external.existingSecret }}
{{- end }}
{{- end -}}

{{/* Where things are put: (list root component), spread over nodes unless told otherwise. */}}
{{- define "almanac.placement" -}}
{{- $root := index . 0 -}}
{{- $own := index $root.Values (index . 1) -}}
{{- with $own.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $own.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- if $own.affinity }}
affinity: {{- toYaml $own.affinity | nindent 2 }}
{{- else }}
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels: {{- include "almanac.selector" . | nindent 14 }}
{{- end }}
{{- end -}}
