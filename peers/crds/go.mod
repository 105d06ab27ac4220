// Custom resource definitions that the peer tests give to the Kubernetes API, as their projects publish them in their
// modules' files; nothing here is compiled.
module observability.opendatahub.io/peers/crds

go 1.24.0

require (
	github.com/cert-manager/cert-manager v1.19.1
	github.com/openshift/api v0.0.0-20241216151652-de9de05a8e43
	github.com/prometheus-operator/prometheus-operator v0.85.0
	sigs.k8s.io/gateway-api v1.4.0
)
