// The Perses server, and the schemas of its plugins as their modules publish them; nothing here is compiled.
module observability.opendatahub.io/peers/perses

go 1.25.0

require (
	github.com/perses/perses v0.52.0
	github.com/perses/plugins/barchart v0.11.1
	github.com/perses/plugins/gaugechart v0.10.0
	github.com/perses/plugins/markdown v0.9.0
	github.com/perses/plugins/prometheus v0.53.4
	github.com/perses/plugins/statchart v0.10.0
	github.com/perses/plugins/staticlistvariable v0.4.0
	github.com/perses/plugins/table v0.7.1
	github.com/perses/plugins/timeserieschart v0.11.0
)
