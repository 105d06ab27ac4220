/** Colours that can be read: the contrast that WCAG 2.1 asks for, whatever the author of a dashboard chose. Pure. */
import { z } from '../../lib/contracts/zod';

type Rgb = readonly [red: number, green: number, blue: number];

function parse(color: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{6})/i.exec(color)?.[1] ?? /^#([0-9a-f]{3})$/i.exec(color)?.[1]?.replaceAll(/./g, '$&$&');
  if (hex === undefined) {
    return undefined;
  }
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red, green, blue];
}

const write = (color: Rgb): string => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(a: Rgb, b: Rgb): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** Of text of any size. */
export const textContrast = 4.5;

/**
 * A colour, made darker on a light background or lighter on a dark one until it has the contrast of text.
 *
 * @param color in hexadecimal; others stay as they are
 */
export function readable(color: string, background: string): string {
  const wanted = parse(color);
  const behind = parse(background);
  if (wanted === undefined || behind === undefined || contrast(wanted, behind) >= textContrast) {
    return color;
  }
  const end = luminance(behind) > 0.18 ? 0 : 255;
  for (let part = 0.04; part < 1; part += 0.04) {
    const mix = (own: number): number => Math.round(own + (end - own) * part);
    const mixed: Rgb = [mix(wanted[0]), mix(wanted[1]), mix(wanted[2])];
    if (contrast(mixed, behind) >= textContrast) {
      return write(mixed);
    }
  }
  return write([end, end, end]);
}

const colored = z.looseObject({ color: z.string() });
const thresholdsSchema = z.looseObject({ thresholds: z.looseObject({ defaultColor: z.string().optional(), steps: z.array(z.looseObject({})).optional() }) });
const mappingsSchema = z.looseObject({ mappings: z.array(z.looseObject({ spec: z.looseObject({ result: z.looseObject({}) }) })) });

const withReadableColor = (value: object, background: string): object => {
  const parsed = colored.safeParse(value);
  return parsed.success ? { ...value, color: readable(parsed.data.color, background) } : value;
};

/** A panel's options with the colours of its figures and limits made readable; all else stays. */
export function withReadableColors(spec: unknown, background: string): unknown {
  const limited = thresholdsSchema.safeParse(spec).data;
  const mapped = mappingsSchema.safeParse(spec).data;
  if (limited === undefined && mapped === undefined) {
    return spec;
  }
  const { defaultColor, steps, ...rest } = limited?.thresholds ?? {};
  return {
    ...limited,
    ...mapped,
    ...(limited && {
      thresholds: {
        ...rest,
        ...(defaultColor !== undefined && { defaultColor: readable(defaultColor, background) }),
        ...(steps && { steps: steps.map((step) => withReadableColor(step, background)) }),
      },
    }),
    ...(mapped && { mappings: mapped.mappings.map((mapping) => ({ ...mapping, spec: { ...mapping.spec, result: withReadableColor(mapping.spec.result, background) } })) }),
  };
}
