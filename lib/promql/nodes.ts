/**
 * The nodes of Prometheus's grammar (`@prometheus-io/lezer-promql`) that have been looked at, each in one list.
 * A node in none of them is refused, so a new version of the grammar adds nothing unseen; nodes.test.ts names what is new.
 */

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Nodes that nest without bound; the depth of a query counts these. */
export const nestingNodes: ReadonlySet<string> = new Set(
  names(`
    AggregateExpr BinaryExpr FunctionCall MatrixSelector OffsetExpr AnchoredExpr SmoothedExpr ParenExpr SubqueryExpr
    UnaryExpr VectorSelector StepInvariantExpr DurationExpr OffsetDurationExpr
  `),
);

/** Matchers, as they stand between the braces of a selector. A quoted name alone is the metric's name. */
export const matcherNodes: ReadonlySet<string> = new Set(names('UnquotedLabelMatcher QuotedLabelMatcher QuotedLabelName'));

/**
 * Functions that select series by themselves: `info(v)` joins `target_info` and whatever else shares the identifying
 * labels, of any project (https://prometheus.io/docs/prometheus/latest/querying/functions/#info).
 */
export const selectingFunctions: ReadonlySet<string> = new Set(['Info']);

/** Functions that see nothing but their arguments. */
const functions = names(`
  AbsentOverTime Absent Abs Acos Acosh Asin Asinh Atan Atanh AvgOverTime Ceil Changes Clamp ClampMax ClampMin Cos Cosh
  CountOverTime DaysInMonth DayOfMonth DayOfWeek DayOfYear Deg Delta Deriv Exp FirstOverTime Floor HistogramCount
  HistogramFraction HistogramQuantile HistogramQuantiles HistogramStdDev HistogramStdVar HistogramSum HistogramAvg
  DoubleExponentialSmoothing Hour Idelta Increase Irate LabelReplace LabelJoin LastOverTime Ln Log10 Log2 MadOverTime
  MaxOverTime MinOverTime TsOfFirstOverTime TsOfMaxOverTime TsOfMinOverTime TsOfLastOverTime Minute Month Pi
  PredictLinear PresentOverTime QuantileOverTime Rad Rate Resets Round Scalar Sgn Sin Sinh Sort SortDesc SortByLabel
  SortByLabelDesc StartFn StartTimestamp EndFn Range Step Sqrt StddevOverTime StdvarOverTime SumOverTime Tan Tanh
  Timestamp Time Vector Year
`);

const operators = names(`
  Pow Mul Div Mod Add Sub Eql Gte Gtr TrimUpper TrimLower Lte Lss Neq Atan2 And Or Unless UnaryOp
  MatchOp EqlSingle EqlRegex NeqRegex
  AggregateOp Avg Bottomk Count CountValues Group Max Min Quantile LimitK LimitRatio Stddev Stdvar Sum Topk
`);

const clauses = names(`
  PromQL LineComment StringLiteral NumberDurationLiteral Identifier LabelName LabelMatchers FunctionIdentifier FunctionCallBody
  AggregateModifier By Without GroupingLabels
  BoolModifier Bool MatchingModifierClause On Ignoring GroupLeft GroupRight
  FillModifier FillClause FillLeftClause FillRightClause Fill FillLeft FillRight
  Offset At AtModifierPreprocessors AtStart AtEnd Anchored Smoothed
  DurationStep DurationRange DurationMinOf DurationMaxOf NumberDurationLiteralInDurationContext
`);

/** Every node that may stand in a query. */
export const knownNodes: ReadonlySet<string> = new Set([
  ...nestingNodes,
  ...matcherNodes,
  ...selectingFunctions,
  ...functions,
  ...operators,
  ...clauses,
]);
