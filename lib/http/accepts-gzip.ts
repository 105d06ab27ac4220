/** Whether a caller reads gzip (RFC 9110, section 12.5.3). */
export function acceptsGzip(headers: Headers): boolean {
  return (headers.get('accept-encoding') ?? '').split(',').some((item) => {
    const [coding, ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return coding === 'gzip' && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
