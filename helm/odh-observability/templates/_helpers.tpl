{{/* Names, labels and the configuration file. Every name starts with the release's, so that two do not collide. */}}

{{- define "odh-observability.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* Of what belongs to no namespace. */}}
{{- define "odh-observability.clusterName" -}}
{{- printf "%s:%s" .Release.Namespace (include "odh-observability.fullname" .) -}}
{{- end }}

{{- define "odh-observability.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end }}

{{- define "odh-observability.labels" -}}
{{ include "odh-observability.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "odh-observability.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end }}

{{- define "odh-observability.serviceHost" -}}
{{ include "odh-observability.fullname" . }}.{{ .Release.Namespace }}.svc
{{- end }}

{{- define "odh-observability.publicHost" -}}
{{ (urlParse .Values.config.publicUrl).hostname }}
{{- end }}

{{- define "odh-observability.tlsSecret" -}}
{{- if .Values.tls.secretName -}}
{{ .Values.tls.secretName }}
{{- else if eq .Values.tls.source "secret" -}}
{{ fail "tls.secretName is missing: tls.source \"secret\" needs the name of a secret with tls.crt, tls.key and ca.crt" }}
{{- else -}}
{{ include "odh-observability.fullname" . }}-tls
{{- end -}}
{{- end }}

{{- define "odh-observability.trustedCA" -}}
{{- if .Values.trustedCA.openshift -}}
{{ include "odh-observability.fullname" . }}-trusted-ca
{{- else -}}
{{ .Values.trustedCA.configMap }}
{{- end -}}
{{- end }}

{{/* Where a client of the service finds the authority of its certificate: a volume source. */}}
{{- define "odh-observability.serviceCA" -}}
{{- if eq .Values.tls.source "openshift" -}}
configMap:
  name: {{ include "odh-observability.fullname" . }}-service-ca
  items: [{key: service-ca.crt, path: ca.crt}]
{{- else -}}
secret:
  secretName: {{ include "odh-observability.tlsSecret" . }}
  items: [{key: ca.crt, path: ca.crt}]
{{- end -}}
{{- end }}

{{/* The configuration file: the values, and what this chart decides. */}}
{{- define "odh-observability.config" -}}
{{- $tls := dict "certFile" "/etc/odh-observability/tls/tls.crt" "keyFile" "/etc/odh-observability/tls/tls.key" -}}
{{- $own := dict "listen" (dict "port" 8443 "metricsPort" 8444 "tls" $tls) -}}
{{- $kept := dict -}}
{{- with .Values.ownDashboards.claimName -}}
{{- $_ := set $own "dashboards" (dict "own" "/var/lib/odh-observability/dashboards") -}}
{{- /* Beside the dashboards on their volume, in folders that are not read as such. */ -}}
{{- $kept = dict "dashboards" (dict "settings" "/var/lib/odh-observability/dashboards/.settings/settings.json") "preferences" (dict "store" "/var/lib/odh-observability/dashboards/.preferences") -}}
{{- end -}}
{{- mustMergeOverwrite $kept (deepCopy .Values.config) $own | toYaml -}}
{{- end }}

{{/* "true" when the app speaks to Kubernetes, or to a backend as its own account; empty otherwise. */}}
{{- define "odh-observability.usesAccount" -}}
{{- if or (hasKey .Values.config "kubernetes") (hasPrefix "/var/run/secrets/kubernetes.io/" ((.Values.config.redis).caFile | default "")) -}}true
{{- else -}}
{{- range .Values.config.datasources -}}
{{- if or (eq ((.credential).type | default "none") "service-account") (hasPrefix "/var/run/secrets/kubernetes.io/" (.caFile | default "")) -}}true{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Values that are right each for itself and wrong together. */}}
{{- define "odh-observability.check" -}}
{{- if and .Values.ownDashboards.claimName (or (ne (int .Values.replicas) 1) .Values.autoscaling.enabled) -}}
{{ fail "ownDashboards.claimName needs replicas: 1 and autoscaling.enabled: false: one pod writes to that volume" }}
{{- end -}}
{{- if eq ((.Values.config.audit).sink | default "stdout") "file" -}}
{{ fail "config.audit.sink \"file\" has no place to write to in a pod with a read-only file system: leave \"stdout\", and let the cluster's log collector keep the records" }}
{{- end -}}
{{- if ne (urlParse .Values.config.publicUrl).scheme "https" -}}
{{ fail "config.publicUrl must be an https URL: everything that this chart exposes speaks TLS" }}
{{- end -}}
{{- if and (eq .Values.expose.type "gateway") (or (not .Values.expose.gateway.parentRefs) (not .Values.expose.gateway.caConfigMap)) -}}
{{ fail "expose.type \"gateway\" needs expose.gateway.parentRefs and expose.gateway.caConfigMap" }}
{{- end -}}
{{- if and (eq .Values.tls.source "cert-manager") (not .Values.tls.issuerRef) -}}
{{ fail "tls.source \"cert-manager\" needs tls.issuerRef, such as {name: internal-ca, kind: ClusterIssuer}" }}
{{- end -}}
{{- end }}
