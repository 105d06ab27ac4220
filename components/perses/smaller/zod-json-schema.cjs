// Stands in for the half of zod that writes JSON schemas, which nothing in the browser asks for. CommonJS, so that what
// is not here counts as undefined.
const none = () => undefined;

module.exports = { createStandardJSONSchemaMethod: none, createToJSONSchemaMethod: none };
