/** Request paths to segments that mean one thing only. Whatever two parsers could read differently is refused. */

// Escapes hide dots and slashes, once or several times over; what stands behind them counts.
const decodings = 3;

/**
 * The decoded segments of a path, or undefined for a path that nobody who means well sends: empty and dot segments,
 * separators and control characters inside a segment, however often percent-encoded.
 *
 * @param path path of a URL, starting with `/`, without its query
 */
export function pathSegments(path: string): string[] | undefined {
  if (!path.startsWith('/')) {
    return undefined;
  }
  const segments: string[] = [];
  for (const raw of path.slice(1).split('/')) {
    const segment = plainSegment(raw);
    if (segment === undefined) {
      return undefined;
    }
    segments.push(segment);
  }
  return segments;
}

/**
 * Whether a request target means the same to everyone who reads it: a path of this server, its segments as above or
 * empty, perhaps with a query. Next and the URL parser would resolve dot segments, go to another host, or fail.
 *
 * @param target request target as it came
 */
export function isPlainTarget(target: string): boolean {
  const [path = ''] = target.split('?', 1);
  // The URL parser ends a path at `#`.
  return /^\/(?!\/)[^#]*$/.test(path) && path.split('/').every((raw) => raw === '' || plainSegment(raw) !== undefined);
}

function plainSegment(raw: string): string | undefined {
  const segment = decode(raw);
  return segment !== undefined && isPlain(segment) ? segment : undefined;
}

function isPlain(segment: string): boolean {
  let text = segment;
  for (let round = 0; round < decodings; round += 1) {
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (text === '' || text === '.' || text === '..' || /[/\\\u0000-\u001f\u007f]/.test(text)) {
      return false;
    }
    const next = decode(text);
    // A lone percent sign in a name is no escape.
    if (next === undefined || next === text) {
      return true;
    }
    text = next;
  }
  // Still changing: nobody encodes a name so often without wanting to hide something.
  return false;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
