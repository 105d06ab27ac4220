/** A dashboard in YAML that keeps every rule; tests break it. */
export const soundDashboard = `apiVersion: perses.dev/v1alpha2
kind: PersesDashboard
metadata:
  name: serving
  namespace: fraud-detection
spec:
  config:
    display:
      name: Serving
    duration: 1h
    refreshInterval: 30s
    variables:
      - kind: ListVariable
        spec:
          name: namespace
          allowMultiple: true
          plugin:
            kind: PrometheusLabelValuesVariable
            spec:
              labelName: namespace
              matchers: ['requests_total{job="serving"}']
      - kind: ListVariable
        spec:
          name: window
          plugin:
            kind: StaticListVariable
            spec:
              values: [5m, 1h]
      - kind: TextVariable
        spec:
          name: route
          value: /predict
    panels:
      requests:
        kind: Panel
        spec:
          display:
            name: Requests (requests/s)
          links:
            - name: Costs
              url: /observability/dashboards/opendatahub/cost
          plugin:
            kind: TimeSeriesChart
            spec:
              yAxis:
                format:
                  unit: requests/sec
          queries:
            - kind: TimeSeriesQuery
              spec:
                plugin:
                  kind: PrometheusTimeSeriesQuery
                  spec:
                    datasource:
                      kind: PrometheusDatasource
                      name: prometheus
                    query: sum(rate(requests_total{namespace=~"$namespace", route="$route"}[$window]))
      errors:
        kind: Panel
        spec:
          display:
            name: Errors
          plugin:
            kind: StatChart
            spec:
              calculation: last-number
              format:
                unit: percent
          queries:
            - kind: TimeSeriesQuery
              spec:
                plugin:
                  kind: PrometheusTimeSeriesQuery
                  spec:
                    query: errors_ratio{namespace=~"$namespace"}
    layouts:
      - kind: Grid
        spec:
          items:
            - x: 0
              y: 0
              width: 12
              height: 6
              content:
                $ref: "#/spec/panels/requests"
            - x: 12
              y: 0
              width: 12
              height: 6
              content:
                $ref: "#/spec/panels/errors"
`;
