/** Whether an address asks for panels alone, as for a screen on a wall: `?kiosk`. Pure. */

const no = ['off', 'false', '0'];

export function isKiosk(parameters: URLSearchParams): boolean {
  const value = parameters.get('kiosk');
  return value !== null && !no.includes(value);
}
