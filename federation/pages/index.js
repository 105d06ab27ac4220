// Next builds nothing without a page. This one is neither exposed nor published.
export default function Placeholder() {
  return null;
}
