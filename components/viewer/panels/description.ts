/** A panel's description as its points: lines such as "Healthy: above 80 %." (docs of dashboards say which). Pure. */
export interface DescriptionPoint {
  readonly term: string;
  readonly text: string;
}

/** The term of the line that says when a panel shows nothing; part of how dashboards are written, as the others. */
// eslint-disable-next-line no-restricted-syntax -- no word of ours: dashboards are written with it
export const emptyTerm = 'Empty when';

const line = /^(What|Healthy|Usual causes?(?: of [^:]{1,60})?|Next step|Empty when): (.*)$/;

/** Lines that begin with none of the known terms go on with the point before them. */
export function descriptionPoints(description: string): DescriptionPoint[] {
  const points: DescriptionPoint[] = [];
  for (const text of description.split('\n').map((each) => each.trim())) {
    const [, term, rest] = line.exec(text) ?? [];
    const last = points.at(-1);
    if (term !== undefined && rest !== undefined) {
      points.push({ term, text: rest });
    } else if (last === undefined) {
      points.push({ term: 'What', text });
    } else if (text !== '') {
      points[points.length - 1] = { ...last, text: `${last.text} ${text}` };
    }
  }
  return points;
}
