// Lets tests import an icon as text, like Vite's `?raw`.
export default {
  process: (text) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };` }),
};
